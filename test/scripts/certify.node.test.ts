import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { intakeInfo, writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { KEEPER_DAYS } from '#protocol/staff/ledger/keys'
import { dayNumber } from '#protocol/time'
import { digitsOf } from '#protocol/staff/people/digits'
import type { LedgerRow, PersonJoin } from '#protocol/staff/ledger/rows'
import { Certificate } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { certifyFirstMember } from '#scripts/org/certify'
import { openEpochKeys } from '#scripts/org/epoch-key'
import { readLedgerFile } from '#scripts/org/files/ledger-file'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { compareLedgerFiles, verifyLedgerFile } from '#scripts/org/verify-ledger'
import { writeOrganisation } from '#scripts/org/write'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { LedgerWriter, writer } from '#test/protocol/support/ledger.ts'
import { testNewcomer, type TestNewcomer } from './support/recovery.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const NOW = Date.UTC(2026, 10, 24, 9)
const LATER = NOW + 3_600_000

let scratch: string
/** the keys of an organisation, as `npm run org` writes them */
let fresh: string
let folder: string
let organisation: Organisation
let newcomer: TestNewcomer

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'oasis-certify-'))
  fresh = join(scratch, 'fresh')
  organisation = await makeOrganisation(PASSPHRASE, NOW)
  writeOrganisation(fresh, organisation)
  newcomer = await testNewcomer()
  return () => rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'org-'))
  cpSync(fresh, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const invitation = () => organisation.invitation.change.tokenHash
/** Returns the change with which a newcomer joins, by default through the first invitation. */
const joinOf = ({ own }: TestNewcomer, { change, row } = organisation.invitation): PersonJoin => ({
  ...own,
  invitation: change.tokenHash,
  invitationRow: row,
})
const head = () => toB64(organisation.ledger.at(-1)?.hash ?? new Uint8Array(0))

function joinRow(
  by: TestNewcomer,
  change: PersonJoin,
  prev = head(),
  at = LATER,
): Promise<LedgerRow> {
  const joined = { action: 'person.join', subject: by.id, change } as const
  return signChange(by.unlocked, joined, { prev, nowMs: at })
}

/** Writes request.txt as the staff app does. @returns its path */
async function requestOf(by: TestNewcomer, changes: object = {}): Promise<string> {
  const row = await joinRow(by, joinOf(by))
  const { id: person, keys } = by
  return writeRequest({ v: 1, person, keys, invitation: invitation(), join: row, ...changes })
}
function writeRequest(request: object): string {
  const path = join(folder, 'request.txt')
  writeFileSync(path, JSON.stringify(request))
  return path
}

const certify = (request: string, { isSame = true, passphrase = PASSPHRASE } = {}) => {
  const shown: string[][] = []
  const questions = {
    compareDigits: (digits: string[]) => {
      shown.push(digits)
      return Promise.resolve(isSame)
    },
    passphrase: () => Promise.resolve(passphrase),
  }
  return { shown, done: certifyFirstMember(folder, request, questions, LATER) }
}

/** Expects a refusal, no certificate, and an unchanged ledger. */
async function expectRefused(done: Promise<string>, refusal: string): Promise<void> {
  await expect(done).rejects.toThrow(refusal)
  expect(existsSync(join(folder, 'certificate.json'))).toBe(false)
  expect(readLedgerFile(join(folder, 'ledger.json'))).toHaveLength(3)
}

test('The certificate confirms the first member and opens the keys of the epoch', async () => {
  const { shown, done } = certify(await requestOf(newcomer))
  const path = await done
  const certificate = Certificate.parse(JSON.parse(readFileSync(path, 'utf8')))
  expect(certificate.person).toBe(newcomer.id)

  const rows = readLedgerFile(join(folder, 'ledger.json'))
  expect(rows.slice(-2)).toEqual([certificate.signed, certificate.keeper])
  const { isWhole, roster } = await replayLedger(rows, organisation.root)
  expect(isWhole).toBe(true)
  expect(roster.people.get(newcomer.id)).toMatchObject({
    ...newcomer.keys,
    state: 'confirmed',
    roles: ['admin', 'intake'],
    confirmedBy: roster.rootId,
    keeper: { lastDay: dayNumber(LATER) + KEEPER_DAYS },
  })
  expect(roster.epochs.get(1)).toMatchObject({ openedBy: roster.rootId, row: 2 })
  const row = roster.invitations.get(invitation())
  expect(shown).toEqual([await digitsOf(row?.rowHash ?? new Uint8Array(0), newcomer.keys)])

  const [intake] = certificate.intake
  const sealed = fromB64(intake?.sealed ?? '')
  const opened = await hpkeOpen(newcomer.unlocked.own, intakeInfo(1), new Uint8Array(0), sealed)
  const recovered = await openEpochKeys(organisation.shares, organisation.recovery, organisation)
  expect(opened).toEqual(writeEpochKeys(recovered))
})

test('A second use of the request is refused, and the ledger stays as it was', async () => {
  const request = await requestOf(newcomer)
  await certify(request).done
  const before = readFileSync(join(folder, 'ledger.json'), 'utf8')
  await expect(certify(request).done).rejects.toThrow('request_certified')
  expect(readFileSync(join(folder, 'ledger.json'), 'utf8')).toBe(before)
})

test('Another person with the used invitation is refused', async () => {
  await certify(await requestOf(newcomer)).done
  const request = await requestOf(await testNewcomer())
  await expect(certify(request).done).rejects.toThrow('request_foreign')
})

describe('a request that does not fit', () => {
  test('A request with swapped keys is refused before the digits are shown', async () => {
    const { keys } = await testNewcomer()
    for (const swapped of [keys, { ...newcomer.keys, hpkePublic: keys.hpkePublic }]) {
      const { shown, done } = certify(await requestOf(newcomer, { keys: swapped }))
      await expectRefused(done, 'request_keys')
      expect(shown).toEqual([])
    }
  })

  test('A row whose keys were swapped after the signature is refused', async () => {
    const other = await testNewcomer()
    const row = await joinRow(newcomer, joinOf(newcomer))
    const change = JSON.stringify(joinOf(other))
    const request = await requestOf(newcomer, { keys: other.keys, join: { ...row, change } })
    await expectRefused(certify(request).done, 'request_foreign')
  })

  test('A request of another organisation is refused', async () => {
    const other = await makeOrganisation('another set of five words', NOW)
    const foreign = other.invitation.change.tokenHash
    const change = joinOf(newcomer, other.invitation)
    const row = await joinRow(newcomer, change, toB64(other.ledger.at(-1)?.hash ?? randomBytes(32)))
    const request = await requestOf(newcomer, { invitation: foreign, join: row })
    await expectRefused(certify(request).done, 'request_foreign')
  })

  test('A request with an invitation that expired before is refused', async () => {
    const row = await joinRow(newcomer, joinOf(newcomer), head(), NOW + 49 * 3_600_000)
    await expectRefused(certify(await requestOf(newcomer, { join: row })).done, 'request_foreign')
  })

  test('A file that is not a request, and a missing file, are refused', async () => {
    await expectRefused(certify(writeRequest({ v: 2 })).done, 'this command can read')
    await expectRefused(certify(join(folder, 'gone.txt')).done, 'There is no file')
  })
})

test('Digits that differ stop the certificate before the passphrase is asked', async () => {
  const request = await requestOf(newcomer)
  const { done } = certify(request, { isSame: false, passphrase: 'never asked' })
  await expectRefused(done, 'digits_differ')
})

test('A wrong passphrase writes no certificate, and the request can be used again', async () => {
  const request = await requestOf(newcomer)
  await expectRefused(certify(request, { passphrase: 'wrong' }).done, 'passphrase is wrong')
  await expect(certify(request).done).resolves.toContain('certificate.json')
})

test('The key file of another organisation writes no certificate', async () => {
  const other = await makeOrganisation(PASSPHRASE, NOW)
  writeFileSync(join(folder, 'root.key'), other.keyFile)
  await expectRefused(certify(await requestOf(newcomer)).done, 'root_closed')
})

describe('verifying an exported ledger', () => {
  const publicPath = () => join(folder, 'public.json')
  const exported = () => join(folder, 'ledger.json')

  test('A whole ledger is printed with its people and roles', async () => {
    await certify(await requestOf(newcomer)).done
    expect(await verifyLedgerFile(publicPath(), exported())).toEqual({
      isWhole: true,
      lines: [
        'All 6 rows hold. The ledger names:',
        `  ${newcomer.id}  admin, intake  confirmed by the root`,
      ],
    })
  })

  test('The first broken row is named, with the people of the rows before', async () => {
    await certify(await requestOf(newcomer)).done
    const rows = readLedgerFile(exported())
    const broken = rows.map((row, at) =>
      at === 4 ? { ...row, change: row.change.replace('admin', 'nobody') } : row,
    )
    writeFileSync(exported(), JSON.stringify({ rows: broken }))
    const { isWhole, lines } = await verifyLedgerFile(publicPath(), exported())
    expect(isWhole).toBe(false)
    expect(lines[0]).toContain('Row 5 of 6 is broken')
    expect(lines[1]).toContain(`${newcomer.id}  admin, intake  waiting`)
  })

  test('The rows that a restored ledger lacks are listed', async () => {
    await certify(await requestOf(newcomer)).done
    const rows = readLedgerFile(exported())
    const restored = join(folder, 'restored.json')
    writeFileSync(restored, JSON.stringify({ rows: rows.slice(0, 4) }))
    const { isWhole, lines } = compareLedgerFiles(exported(), restored)
    expect(isWhole).toBe(true)
    expect(lines[0]).toContain('The 4 rows of')
    expect(lines.slice(1).map((line) => line.split('  ')[1])).toEqual(['row 5', 'row 6'])
    expect(compareLedgerFiles(exported(), exported()).lines[0]).toContain('It lacks no row.')
  })

  test('A ledger that is not a prefix of the saved one is refused with its first row', async () => {
    await certify(await requestOf(newcomer)).done
    const rows = readLedgerFile(exported())
    const other = join(folder, 'other.json')
    for (const [at, changed] of [
      [3, rows.map((row, index) => (index === 3 ? { ...row, change: '{}' } : row))],
      [6, [...rows, ...rows.slice(-1)]],
    ] as const) {
      writeFileSync(other, JSON.stringify({ rows: changed }))
      const { isWhole, lines } = compareLedgerFiles(exported(), other)
      expect([isWhole, lines[0]?.split(' of ')[0]]).toEqual([false, `Row ${at + 1}`])
    }
  })

  test('A person who was removed is not said to be removed by the one who confirmed', async () => {
    const [aigul, bermet] = await Promise.all([writer(), writer()])
    const ledger = await LedgerWriter.begin(NOW)
    await ledger.certify(aigul, 'admin', 'intake')
    await ledger.join(bermet, await ledger.invite(aigul, 'intake'))
    await ledger.confirm(aigul, bermet, 'intake')
    await ledger.add(aigul, 'person.remove', bermet.id, bermet.keys)
    const file = JSON.parse(readFileSync(publicPath(), 'utf8')) as object
    writeFileSync(publicPath(), JSON.stringify({ ...file, root: toB64(ledger.rootKey) }))
    writeFileSync(exported(), JSON.stringify({ rows: ledger.rows }))
    const { lines } = await verifyLedgerFile(publicPath(), exported())
    expect(lines).toContain(`  ${bermet.id}  intake         removed, confirmed by ${aigul.id}`)
  })

  test('The ledger of another root is broken from its first row', async () => {
    const other = await makeOrganisation('another set of five words', NOW)
    writeFileSync(exported(), JSON.stringify({ rows: other.ledger }))
    const { isWhole, lines } = await verifyLedgerFile(publicPath(), exported())
    expect([isWhole, lines[0]?.slice(0, 11), lines[1]]).toEqual([false, 'Row 1 of 3 ', '  nobody'])
  })
})
