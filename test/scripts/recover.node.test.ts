// Tests recovery with two shares: at the terminal, in a rehearsal, and with damaged files or files
// from another organisation.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { digitsOf } from '#protocol/staff/people/digits'
import { Certificate } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { readLedgerFile } from '#scripts/org/files/ledger-file'
import { openKeyFile } from '#scripts/org/files/key-file'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { certifyByShares, inviteByShares } from '#scripts/org/recovery/recover'
import type { RecoveryQuestions } from '#scripts/org/recovery/open-by-shares'
import { sentenceOf, withSentences } from '#scripts/org/recovery/sentence'
import { REHEARSED_FILE, rehearseRecovery } from '#scripts/org/recovery/rehearse'
import { certifyScriptedMember } from '#scripts/org/scripted-member'
import { writeOrganisation } from '#scripts/org/write'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { makeHybridPair, sealTo } from '#site/staff/crypto/seal-to.ts'
import { openTeamCopy } from '#site/staff/crypto/team-key.ts'
import { RecoveryFault, type RecoveryCode } from '#site/staff/ledger/recovery-fault.ts'
import { readExport, type ExportFile } from '#site/staff/recovery/export-file.ts'
import { openKeys } from '#site/staff/recovery/open-keys.ts'
import { combineShares } from '#site/staff/recovery/shares.ts'
import { exportOf, requestOf, testNewcomer, type TestNewcomer } from './support/recovery.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const NOW = Date.UTC(2026, 10, 24, 9)
const LATER = NOW + 3_600_000

let scratch: string
let fresh: string
let folder: string
let organisation: Organisation
let other: Organisation
let newcomer: TestNewcomer

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'oasis-recover-'))
  fresh = join(scratch, 'fresh')
  organisation = await makeOrganisation(PASSPHRASE, NOW)
  other = await makeOrganisation('another set of five words', NOW)
  writeOrganisation(fresh, organisation)
  newcomer = await testNewcomer()
  return () => rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'org-'))
  cpSync(fresh, folder, { recursive: true })
  // In these tests, the laptop with the root key has been lost as well.
  rmSync(join(folder, 'root.key'))
})

function writeFile(name: string, value: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(value))
  return path
}
const writeExportFile = (file: ExportFile = exportOf(organisation)): string =>
  writeFile('export.json', file)

/** Answers the questions in the terminal. */
function answering(shares: string[], isSame = true) {
  const lines: string[] = []
  const shown: string[][] = []
  const left = [...shares]
  const questions: RecoveryQuestions = {
    share: () => Promise.resolve(left.shift() ?? ''),
    say: (line) => lines.push(line),
    hasOlder: () => Promise.resolve(false),
    compareDigits: (digits) => {
      shown.push(digits)
      return Promise.resolve(isSame)
    },
  }
  return { questions, lines, shown }
}
const [A, B] = [0, 2]
const twoShares = (): string[] => [organisation.shares[A] ?? '', organisation.shares[B] ?? '']

const expectFault = (done: Promise<unknown>, code: RecoveryCode): Promise<void> =>
  expect(done).rejects.toMatchObject({ code })

/** Writes the newcomer's request for the newest invitation in ledger.json. */
async function requestAfterInvitation(): Promise<string> {
  const rows = readLedgerFile(join(folder, 'ledger.json'))
  const { roster } = await replayLedger(rows, organisation.root)
  const [invitation = '', offer] = [...roster.invitations].at(-1) ?? []
  const row = toB64(offer?.rowHash ?? new Uint8Array())
  const place = { head: toB64(roster.head), invitation, row }
  return writeFile('request.txt', await requestOf(newcomer, place, LATER))
}

test('R23: Two shares and an export certify a reader when everybody is lost', async () => {
  const path = writeExportFile()
  const inviting = answering(twoShares())
  await inviteByShares(folder, path, inviting.questions, LATER)
  expect(inviting.lines).toContain('Key for letters 1: open and verified.')
  expect(readFileSync(join(folder, 'invite.sql'), 'utf8')).toContain('INSERT INTO invitations')
  expect(readFileSync(join(folder, 'invitation.txt'), 'utf8')).toMatch(
    /#invite=[\w-]{43}\.[\w-]{43}\n/,
  )

  const request = await requestAfterInvitation()
  writeExportFile(exportOf(organisation, readLedgerFile(join(folder, 'ledger.json'))))
  const { questions, shown } = answering(twoShares())
  const written = await certifyByShares(folder, path, request, questions, LATER)
  const certificate = Certificate.parse(JSON.parse(readFileSync(written, 'utf8')))
  const rows = readLedgerFile(join(folder, 'ledger.json'))
  const { isWhole, roster } = await replayLedger(rows, organisation.root)
  expect(isWhole).toBe(true)
  const member = roster.people.get(newcomer.id)
  expect(member).toMatchObject({ ...newcomer.keys, state: 'confirmed', confirmedBy: roster.rootId })
  const row = roster.invitations.get(member?.invitation ?? '')
  expect(shown).toEqual([await digitsOf(row?.rowHash ?? new Uint8Array(0), newcomer.keys)])

  const sealed = fromB64(certificate.intake[0]?.sealed ?? '')
  const opened = await hpkeOpen(newcomer.unlocked.own, intakeInfo(1), new Uint8Array(0), sealed)
  expect(opened).toEqual((await openKeyFile(PASSPHRASE, organisation.keyFile)).epochKeys)
})

test('An export that already has the row of the newcomer works as well', async () => {
  const path = writeExportFile()
  await inviteByShares(folder, path, answering(twoShares()).questions, LATER)
  const request = await requestAfterInvitation()
  const { join: row } = JSON.parse(readFileSync(request, 'utf8')) as { join: never }
  const rows = [...readLedgerFile(join(folder, 'ledger.json')), row]
  writeExportFile(exportOf(organisation, rows))
  const { questions } = answering(twoShares())
  await expect(certifyByShares(folder, path, request, questions, LATER)).resolves.toContain(
    'certificate.json',
  )
})

describe('refusals', () => {
  const names = (): string[] => readdirSync(folder).sort()

  test('A share with a typo, of another organisation, or twice is asked for again', async () => {
    const [first = '', second = ''] = twoShares()
    const typo = `${first.slice(0, -1)}${first.endsWith('7') ? '8' : '7'}`
    const foreign = other.shares[1] ?? ''
    const { questions, lines } = answering([typo, first.slice(2), foreign, first, first, second])
    await inviteByShares(folder, writeExportFile(), questions, LATER)
    const sentences = (['share_typo', 'share_length', 'share_foreign'] as const).map((code) =>
      sentenceOf(new RecoveryFault(code, { n: 72 })),
    )
    expect(lines.slice(1, 5)).toEqual([
      ...sentences,
      sentenceOf(new RecoveryFault('share_twice', { n: 1 })),
    ])
  })

  test('No share ends the recovery, and nothing is written', async () => {
    const path = writeExportFile()
    const before = names()
    const done = inviteByShares(folder, path, answering([]).questions, LATER)
    await expect(done).rejects.toThrow('No code was typed')
    expect(names()).toEqual(before)
  })

  test('An export that is missing, damaged, of another root or broken is refused', async () => {
    const rows = exportOf(organisation).rows
    const broken = rows.map((row, at) => (at === 1 ? { ...row, change: '{}' } : row))
    const cases: [unknown, RecoveryCode][] = [
      [{ v: 1, rows: [] }, 'file_unreadable'],
      [exportOf(other), 'export_foreign'],
      [{ ...exportOf(organisation), rows: [] }, 'export_foreign'],
      [{ ...exportOf(organisation), rows: broken }, 'export_broken'],
    ]
    for (const [file, code] of cases) {
      const path = writeFile('export.json', file)
      await expectFault(inviteByShares(folder, path, answering(twoShares()).questions, LATER), code)
    }
    const gone = inviteByShares(folder, join(folder, 'gone.json'), answering([]).questions, LATER)
    await expect(gone).rejects.toThrow('There is no file')
    expect(existsSync(join(folder, 'invite.sql'))).toBe(false)
  })

  test('The root of another public.json does not open, and nothing is written', async () => {
    const file = JSON.parse(readFileSync(join(folder, 'public.json'), 'utf8')) as object
    writeFile('public.json', { ...file, rootForRecovery: toB64(other.rootForRecovery) })
    const { questions } = answering(twoShares())
    await expectFault(inviteByShares(folder, writeExportFile(), questions, LATER), 'root_closed')
    expect(existsSync(join(folder, 'invite.sql'))).toBe(false)
  })

  test('Digits that differ and a request without its invitation write nothing', async () => {
    const path = writeExportFile()
    await inviteByShares(folder, path, answering(twoShares()).questions, LATER)
    const request = await requestAfterInvitation()
    const old = answering(twoShares())
    const unfit = certifyByShares(folder, path, request, old.questions, LATER)
    await expectFault(unfit, 'request_foreign')
    writeExportFile(exportOf(organisation, readLedgerFile(join(folder, 'ledger.json'))))
    const { questions } = answering(twoShares(), false)
    const differing = certifyByShares(folder, path, request, questions, LATER)
    await expectFault(differing, 'digits_differ')
    expect(existsSync(join(folder, 'certificate.json'))).toBe(false)
  })

  test('A certificate without any key is refused', async () => {
    const path = writeExportFile()
    await inviteByShares(folder, path, answering(twoShares()).questions, LATER)
    const request = await requestAfterInvitation()
    const file = exportOf(organisation, readLedgerFile(join(folder, 'ledger.json')))
    writeExportFile({ ...file, epochs: [] })
    const { questions } = answering(twoShares())
    await expectFault(certifyByShares(folder, path, request, questions, LATER), 'no_keys')
    expect(existsSync(join(folder, 'certificate.json'))).toBe(false)
  })

  test('A fault becomes a sentence at the terminal', async () => {
    const failing = withSentences(() =>
      Promise.reject(new RecoveryFault('export_broken', { n: 3, all: 9 })),
    )
    await expect(failing).rejects.toThrow('Row 3 of 9 is broken')
  })
})

describe('the keys of an export', () => {
  const statesOf = async (file: ExportFile): Promise<string[]> => {
    const read = await readExport(JSON.stringify(file), organisation.root)
    const recovery = await combineShares(twoShares(), read.recoveryKeys)
    const { epochs, teams } = await openKeys(recovery, read)
    return [...epochs, ...teams].map(({ number, state }) => `${number} ${state}`)
  }
  const epochOf = (file: ExportFile) => file.epochs[0] ?? { epoch: 0, manifest: '', hybridKey: '' }

  test('A key sealed to another recovery key is closed, and a deleted one has ended', async () => {
    const file = exportOf(organisation)
    const foreign = await sealTo(
      (await makeHybridPair()).publicKey,
      intakeInfo(2),
      new Uint8Array(9),
    )
    const more = [
      { ...epochOf(file), epoch: 2, sealedForRecovery: toB64(foreign) },
      { ...epochOf(file), epoch: 3, sealedForRecovery: null },
    ]
    expect(await statesOf({ ...file, epochs: [...file.epochs, ...more] })).toEqual([
      '1 opened',
      '2 closed',
      '3 ended',
    ])
  })

  test('Bytes that are not the keys of the manifest are wrong, and none is used', async () => {
    const file = exportOf(organisation)
    const { epochKeys } = await openKeyFile('another set of five words', other.keyFile)
    const sealed = toB64(await sealTo(organisation.recovery, intakeInfo(1), epochKeys))
    const swapped = { ...epochOf(file), sealedForRecovery: sealed }
    expect(await statesOf({ ...file, epochs: [swapped] })).toEqual(['1 wrong'])
    const theirs = exportOf(other).epochs[0]
    const manifest = { ...swapped, ...theirs, sealedForRecovery: sealed }
    expect(await statesOf({ ...file, epochs: [manifest] })).toEqual(['1 wrong'])
    const own = await statesOf({ ...file, epochs: [swapped, ...file.epochs] })
    expect(own).toEqual(['1 wrong', '1 opened'])
  })

  test('A team key counts only if the ledger has its commitment', async () => {
    const file = exportOf(organisation)
    const info = new Uint8Array([...new TextEncoder().encode('oasis/v1/team'), 0, 0, 0, 9])
    const key = await sha256(new Uint8Array([1]))
    const sealed = toB64(await sealTo(organisation.recovery, info, key))
    const teams = [{ generation: 9, sealedForRecovery: sealed }]
    expect(await statesOf({ ...file, teams })).toEqual(['1 opened', '9 wrong'])
  })

  test('A certificate carries the team key that the ledger names', async () => {
    const made = await certifyScriptedMember(organisation, PASSPHRASE, NOW)
    const { ledger } = made.organisation
    const teams = [{ generation: 1, sealedForRecovery: toB64(made.member.teamForRecovery) }]
    const path = writeExportFile({ ...exportOf(organisation, ledger), teams })
    await inviteByShares(folder, path, answering(twoShares()).questions, LATER)
    const request = await requestAfterInvitation()
    const rows = readLedgerFile(join(folder, 'ledger.json'))
    writeExportFile({ ...exportOf(organisation, rows), teams })
    const { questions, lines } = answering(twoShares())
    const written = await certifyByShares(folder, path, request, questions, LATER)
    expect(lines).toContain('Key of cases 1: open and verified.')
    const { team } = Certificate.parse(JSON.parse(readFileSync(written, 'utf8')))
    const copies = await Promise.all(team.map((copy) => openTeamCopy(newcomer.unlocked.own, copy)))
    const { roster } = await replayLedger(rows, organisation.root)
    expect(copies).toMatchObject([{ commitment: roster.teams.get(1)?.commitment }])
  })

  test('Wiping leaves only zeros of the private bytes', async () => {
    const read = await readExport(JSON.stringify(exportOf(organisation)), organisation.root)
    const recovery = await combineShares(twoShares(), read.recoveryKeys)
    const keys = await openKeys(recovery, read)
    const [bytes = new Uint8Array(0)] = [...keys.epochKeys.values()]
    expect(bytes.some((byte) => byte !== 0)).toBe(true)
    keys.wipe()
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    expect(keys.epochKeys.size).toBe(0)
  })
})

describe('the yearly rehearsal', () => {
  test('A rehearsal writes a sentence with the day, and changes no other file', async () => {
    const path = writeExportFile()
    const contents = (): string[] =>
      readdirSync(folder)
        .filter((name) => name !== REHEARSED_FILE)
        .map((name) => readFileSync(join(folder, name), 'utf8'))
    const before = contents()
    const { questions } = answering(twoShares())
    const sentence = await rehearseRecovery(folder, path, questions, LATER)
    expect(sentence).toContain('On 2026-11-24 two sheets and the export of 2026-11-24 opened')
    expect(readFileSync(join(folder, REHEARSED_FILE), 'utf8')).toBe(`${sentence}\n`)
    expect(contents()).toEqual(before)
  })

  test('A rehearsal fails when the newest key opens with other sheets', async () => {
    const file = exportOf(organisation)
    const foreign = await sealTo(
      (await makeHybridPair()).publicKey,
      intakeInfo(2),
      new Uint8Array(9),
    )
    const [first] = file.epochs
    if (!first) throw new Error('one epoch')
    const newest = { ...first, epoch: 2, sealedForRecovery: toB64(foreign) }
    const path = writeExportFile({ ...file, epochs: [first, newest] })
    const done = rehearseRecovery(folder, path, answering(twoShares()).questions, LATER)
    await expect(done).rejects.toThrow('The newest key for letters does not open')
    expect(existsSync(join(folder, REHEARSED_FILE))).toBe(false)
  })

  test('A rehearsal fails when the newest key of cases opens with other sheets', async () => {
    const made = await certifyScriptedMember(organisation, PASSPHRASE, NOW)
    const foreign = await sealTo(
      (await makeHybridPair()).publicKey,
      new TextEncoder().encode('oasis/v1/team'),
      new Uint8Array(9),
    )
    const teams = [{ generation: 1, sealedForRecovery: toB64(foreign) }]
    const path = writeExportFile({ ...exportOf(organisation, made.organisation.ledger), teams })
    const done = rehearseRecovery(folder, path, answering(twoShares()).questions, LATER)
    await expect(done).rejects.toThrow('The newest key of cases does not open')
    expect(existsSync(join(folder, REHEARSED_FILE))).toBe(false)
  })
})
