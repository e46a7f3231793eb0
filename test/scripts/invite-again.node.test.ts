import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { fromB64, toB64, sha256 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { inviteAgain } from '#scripts/org/invite-again'
import { openKeyFile } from '#scripts/org/files/key-file'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import { ledgerFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { root } from '#scripts/shared/paths'
import { rootSigner } from '#site/staff/recovery/root-key.ts'
import { INVITE_FILE } from '#site/staff/recovery/root-rows.ts'
import { exportOf, testNewcomer } from './support/recovery.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const NOW = Date.UTC(2026, 10, 24, 9)
const LATER = NOW + 3 * 86_400_000

let scratch: string
let folder: string
let organisation: Organisation

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'oasis-invite-'))
  organisation = await makeOrganisation(PASSPHRASE, NOW)
  return () => rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'org-'))
  writeOrganisation(folder, organisation)
})

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const again = (file: string | null = null, areAllLost = true): Promise<void> =>
  inviteAgain(
    folder,
    file,
    {
      passphrase: () => Promise.resolve(PASSPHRASE),
      areAllLost: () => Promise.resolve(areAllLost),
    },
    LATER,
  )

/** A database with all tables, in which the organisation is published. */
function published(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  const migrations = join(root, 'migrations')
  for (const file of readdirSync(migrations).filter((name) => name.endsWith('.sql')))
    database.exec(readFileSync(join(migrations, file), 'utf8'))
  database.exec(read('publish.sql'))
  return database
}

test('A second first invitation enters the ledger, and its link is in the file', async () => {
  await again()
  const { isWhole, roster } = await replayLedger(
    readLedgerFile(join(folder, 'ledger.json')),
    organisation.root,
  )
  expect([isWhole, roster.rows, roster.invitations.size]).toEqual([true, 4, 2])
  const [, token = '', row] =
    /#invite=([\w-]{43})\.([\w-]{43})\n/.exec(read('invitation.txt')) ?? []
  expect(row).toBe(toB64(roster.head))
  const database = published()
  database.exec(read(INVITE_FILE))
  const stored = database.prepare('SELECT * FROM invitations WHERE token_hash = ?')
  expect(stored.get(await sha256(fromB64(token)))).toMatchObject({
    roles: '["admin","intake"]',
    expires_at: LATER + 48 * 3_600_000,
    created_by: null,
    row_hash: roster.head,
  })
  expect(database.prepare('SELECT hash FROM ledger WHERE seq = 4').get()).toEqual({
    hash: roster.head,
  })
  database.close()
})

test('A database in which somebody has joined refuses the invitation', async () => {
  await again()
  const database = published()
  database.exec(
    "INSERT INTO ledger SELECT 4, hash, zeroblob(32), '{}', '{}', X'', X''" +
      ' FROM ledger WHERE seq = 3',
  )
  expect(() => database.exec(read(INVITE_FILE))).toThrow('rows of a chain are never replaced')
  database.close()
})

test('A damaged ledger.json is refused before the passphrase is asked', async () => {
  const [begin, epoch] = readLedgerFile(join(folder, 'ledger.json'))
  if (!begin || !epoch) throw new Error('two rows')
  writeFileSync(join(folder, 'ledger.json'), ledgerFile([begin, { ...epoch, change: '{}' }]))
  const asked: string[] = []
  const passphrase = (): Promise<string> => {
    asked.push('passphrase')
    return Promise.resolve(PASSPHRASE)
  }
  const areAllLost = (): Promise<boolean> => Promise.resolve(true)
  const done = inviteAgain(folder, null, { passphrase, areAllLost }, LATER)
  await expect(done).rejects.toThrow('broken at row 2')
  expect(asked).toEqual([])
})

test('The root invites beside readers only with an export, and when all are lost', async () => {
  const { id, own } = await testNewcomer()
  const draft = new LedgerDraft(organisation.ledger)
  const by = await rootSigner(
    organisation.root,
    (await openKeyFile(PASSPHRASE, organisation.keyFile)).root,
  )
  const change = { ...own, roles: ['admin', 'intake'] }
  await draft.add(by, { action: 'person.certify', subject: id, change }, NOW)
  writeFileSync(join(folder, 'ledger.json'), ledgerFile(draft.rows))
  await expect(again()).rejects.toThrow('npm run org -- export')
  const file = join(folder, 'export.json')
  writeFileSync(file, JSON.stringify(exportOf(organisation, draft.rows)))
  await expect(again(file, false)).rejects.toThrow('who can sign in invites')
  expect(readLedgerFile(join(folder, 'ledger.json'))).toHaveLength(draft.rows.length)
  await again(file)
  const rows = readLedgerFile(join(folder, 'ledger.json'))
  const { isWhole, roster } = await replayLedger(rows, organisation.root)
  expect([isWhole, roster.rows]).toEqual([true, draft.rows.length + 1])
})
