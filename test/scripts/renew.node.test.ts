// Tests the renewal of a keeper's certificate and of the recovery key, with root.key on the laptop.
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
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { dayNumber } from '#protocol/time'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { KEEPER_DAYS } from '#protocol/staff/ledger/keys'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { openKeyFile } from '#scripts/org/files/key-file'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import { ledgerFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { readPublicFile } from '#scripts/org/files/public-file'
import { renewKeeper } from '#scripts/org/renew-keeper'
import { RECOVERY_SQL, renewRecovery } from '#scripts/org/recovery/renew'
import { writeOrganisation } from '#scripts/org/write'
import { root as clone } from '#scripts/shared/paths'
import { sealTo } from '#site/staff/crypto/seal-to.ts'
import { KeeperCertificate, keeperRequest } from '#site/staff/ledger/keeper-request.ts'
import { ledgerRowOf } from '#site/staff/recovery/chained-row.ts'
import { readExport } from '#site/staff/recovery/export-file.ts'
import { openKeys } from '#site/staff/recovery/open-keys.ts'
import { openRoot, rootSigner } from '#site/staff/recovery/root-key.ts'
import { combineShares } from '#site/staff/recovery/shares.ts'
import { exportOf, testNewcomer, type TestNewcomer } from './support/recovery.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const NOW = Date.UTC(2026, 10, 24, 9)
const LATER = NOW + 700 * 86_400_000

let scratch: string
let folder: string
let organisation: Organisation
let rootPrivate: Bytes
let reader: TestNewcomer
let admin: TestNewcomer
/** the ledger with a reader and an admin, both certified by the root */
let ledger: LedgerDraft

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'oasis-renew-'))
  organisation = await makeOrganisation(PASSPHRASE, NOW)
  rootPrivate = (await openKeyFile(PASSPHRASE, organisation.keyFile)).root
  writeOrganisation(join(scratch, 'fresh'), organisation)
  ;[reader, admin] = [await testNewcomer(), await testNewcomer()]
  ledger = new LedgerDraft(organisation.ledger)
  const by = await rootSigner(organisation.root, rootPrivate)
  for (const [{ id, own }, roles] of [
    [reader, ['intake']],
    [admin, ['admin']],
  ] as const)
    await ledger.add(by, { action: 'person.certify', subject: id, change: { ...own, roles } }, NOW)
  return () => rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'org-'))
  cpSync(join(scratch, 'fresh'), folder, { recursive: true })
})

const replayed = async (rows = ledger.rows.map(ledgerRowOf)) => {
  const { roster } = await replayLedger(rows, organisation.root)
  return { rows, roster }
}

describe('the certificate of a keeper', () => {
  const write = (file: Bytes): string => {
    const path = join(folder, 'keeper-request.txt')
    writeFileSync(path, file)
    return path
  }
  const renewing = (path: string, isSame = true) => {
    const shown: string[][] = []
    const questions = {
      compareDigits: (digits: string[]) => {
        shown.push(digits)
        return Promise.resolve(isSame)
      },
      passphrase: () => Promise.resolve(PASSPHRASE),
    }
    return { shown, done: renewKeeper(folder, path, questions, LATER) }
  }

  test('The root certifies a reader for 800 days, and both screens show equal digits', async () => {
    const asked = await keeperRequest(reader.unlocked, await replayed())
    const { shown, done } = renewing(write(asked.file))
    const { person, signed } = KeeperCertificate.parse(JSON.parse(readFileSync(await done, 'utf8')))
    expect(shown).toEqual([asked.digits])
    expect(person).toBe(reader.id)
    const { isWhole, roster } = await replayLedger([...ledger.rows, signed], organisation.root)
    expect(isWhole).toBe(true)
    expect(roster.people.get(reader.id)?.keeper?.lastDay).toBe(dayNumber(LATER) + KEEPER_DAYS)
    expect(readLedgerFile(join(folder, 'ledger.json'))).toHaveLength(ledger.rows.length + 1)
  })

  test('A person who reads no reports cannot ask, and the laptop refuses another key', async () => {
    const state = await replayed()
    await expect(keeperRequest(admin.unlocked, state)).rejects.toThrow('keeper_unknown')
    const { file } = await keeperRequest(reader.unlocked, state)
    const request = JSON.parse(new TextDecoder().decode(file)) as Record<string, unknown>
    for (const change of [{ person: admin.id }, { signPublic: admin.keys.signPublic }]) {
      const path = write(new TextEncoder().encode(JSON.stringify({ ...request, ...change })))
      await expect(renewing(path).done).rejects.toThrow('keeper_unknown')
    }
    expect(existsSync(join(folder, 'keeper-certificate.json'))).toBe(false)
  })

  test('A broken ledger, an older ledger and digits that differ write nothing', async () => {
    const { file } = await keeperRequest(reader.unlocked, await replayed())
    const request = JSON.parse(new TextDecoder().decode(file)) as { rows: { change: string }[] }
    const rows = request.rows.map((row, at) => (at === 1 ? { ...row, change: '{}' } : row))
    const broken = write(new TextEncoder().encode(JSON.stringify({ ...request, rows })))
    await expect(renewing(broken).done).rejects.toThrow('export_broken')
    await expect(renewing(write(file), false).done).rejects.toThrow('digits_differ')
    const longer = new LedgerDraft(ledger.rows)
    const by = await rootSigner(organisation.root, rootPrivate)
    const { id, own } = await testNewcomer()
    const change = { ...own, roles: ['intake'] }
    await longer.add(by, { action: 'person.certify', subject: id, change }, NOW)
    writeFileSync(join(folder, 'ledger.json'), ledgerFile(longer.rows))
    await expect(renewing(write(file)).done).rejects.toThrow('ledger_older')
    expect(existsSync(join(folder, 'keeper-certificate.json'))).toBe(false)
  })
})

describe('a new recovery key', () => {
  const passphrase = (): Promise<string> => Promise.resolve(PASSPHRASE)
  const renewing = (): Promise<string[]> => {
    const path = join(folder, 'export.json')
    writeFileSync(path, JSON.stringify(exportOf(organisation, ledger.rows)))
    return renewRecovery(folder, path, passphrase, LATER)
  }
  const sheet = (number: number): string =>
    /(?:[\dA-Z]{4}[\s-]+){17}[\dA-Z]{4}/.exec(
      readFileSync(join(folder, `share-${number}.txt`), 'utf8'),
    )?.[0] ?? ''
  const withoutSheets = (): void => {
    for (const number of [1, 2, 3]) rmSync(join(folder, `share-${number}.txt`))
  }

  test('Sheets that were not printed yet are not overwritten', async () => {
    await expect(renewing()).rejects.toThrow('print them')
    expect(existsSync(join(folder, RECOVERY_SQL))).toBe(false)
  })

  test('R23: New sheets open the root and later keys, older ones the earlier keys', async () => {
    withoutSheets()
    await renewing()
    const { recovery, rootForRecovery } = readPublicFile(join(folder, 'public.json'))
    expect(recovery).not.toBe(toB64(organisation.recovery))
    const rows = readLedgerFile(join(folder, 'ledger.json'))
    expect((await replayed(rows)).roster.recovery).toBe(recovery)

    const file = exportOf(organisation, rows)
    const { epochKeys } = await openKeyFile(PASSPHRASE, organisation.keyFile)
    const resealed = toB64(await sealTo(fromB64(recovery), intakeInfo(1), epochKeys))
    const read = await readExport(JSON.stringify(file), organisation.root)
    const older = organisation.shares.slice(0, 2)
    const newer = [sheet(1), sheet(3)]
    const newKey = await combineShares(newer, read.recoveryKeys)
    const oldKey = await combineShares(older, read.recoveryKeys)
    await expect(combineShares([older[0] ?? '', sheet(2)], read.recoveryKeys)).rejects.toThrow(
      'share_older',
    )
    const sealed = fromB64(rootForRecovery)
    await expect(openRoot(newKey, sealed, organisation.root)).resolves.toBeDefined()
    await expect(openRoot(oldKey, sealed, organisation.root)).rejects.toThrow('root_closed')

    expect((await openKeys(newKey, read)).epochs).toEqual([{ number: 1, state: 'closed' }])
    const [first] = file.epochs
    if (!first) throw new Error('one epoch')
    const both = { ...read, epochs: [first, { ...first, sealedForRecovery: resealed }] }
    const states = async (key: typeof newKey): Promise<string[]> =>
      (await openKeys(key, both)).epochs.map(({ state }) => state)
    expect(await states(oldKey)).toEqual(['opened', 'opened'])
    expect((await openKeys(newKey, both)).epochs[0]?.state).toBe('closed')
    const joined = await openKeys(oldKey, both, await openKeys(newKey, both))
    expect(joined.epochs.map(({ state }) => state)).toEqual(['opened', 'opened'])
  })

  test('The SQL adds the row to the database, and a moved ledger refuses the row', async () => {
    withoutSheets()
    await renewing()
    const database = new DatabaseSync(':memory:')
    const migrations = join(clone, 'migrations')
    for (const name of readdirSync(migrations).filter((each) => each.endsWith('.sql')))
      database.exec(readFileSync(join(migrations, name), 'utf8'))
    const blob = (bytes: Bytes): string => `X'${Buffer.from(bytes).toString('hex')}'`
    for (const [at, row] of ledger.rows.entries())
      database.exec(
        `INSERT INTO ledger VALUES (${at + 1}, ${blob(row.prevHash)}, ${blob(row.hash)}, '{}', ` +
          `'{}', X'', X'')`,
      )
    database.exec(readFileSync(join(folder, RECOVERY_SQL), 'utf8'))
    expect(database.prepare('SELECT count(*) AS total FROM ledger').get()).toEqual({
      total: ledger.rows.length + 1,
    })
    expect(() => database.exec(readFileSync(join(folder, RECOVERY_SQL), 'utf8'))).toThrow(
      'rows of a chain are never replaced',
    )
    database.close()
  })
})
