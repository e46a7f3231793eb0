import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLedgerFile } from '#scripts/org/files/ledger-file'
import { makeLocalOrganisation } from '#scripts/org/local'
import { readScriptedMember } from '#scripts/org/files/member-file'
import { storeOf } from '#scripts/shared/database'
import { root } from '#scripts/shared/paths'
import { firstInvitation } from '#scripts/start/first-invitation'
import { serveStaff, type StaffServer } from './support/staff-server.ts'

let state: string
let orgDir: string
let server: StaffServer
let database: DatabaseSync

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'oasis-first-'))
  orgDir = join(state, 'org')
  await makeLocalOrganisation(orgDir)
  const rows = readLedgerFile(join(orgDir, 'ledger.json'))
  server = await serveStaff(rows, await readScriptedMember(orgDir))
  const folder = join(storeOf(state), 'v3', 'd1', 'miniflare-D1DatabaseObject')
  mkdirSync(folder, { recursive: true })
  database = new DatabaseSync(join(folder, `${'a'.repeat(64)}.sqlite`))
  const migrations = join(root, 'migrations')
  for (const name of readdirSync(migrations).sort())
    if (name.endsWith('.sql')) database.exec(readFileSync(join(migrations, name), 'utf8'))
  database.exec(readFileSync(join(orgDir, 'publish.sql'), 'utf8'))
})
afterEach(() => {
  server.close()
  database.close()
  rmSync(state, { recursive: true, force: true })
})

const shown = () => firstInvitation(server.origin, state, orgDir)

test('The printed invitation is shown while nobody has joined', async () => {
  const path = await shown()
  expect(path).toMatch(/^\/staff\/#invite=[\w-]{43}\.[\w-]{43}$/)
  expect(readFileSync(join(orgDir, 'invitation.txt'), 'utf8')).toContain(path)
  expect(server.posted).toEqual([])
})

test('No invitation is shown after the first person has joined', async () => {
  database.exec(`INSERT INTO people
    SELECT X'00', name, name_salt, '[]', offered, hpke_public, sign_public, sealed_private, NULL
      FROM people`)
  expect(await shown()).toBeNull()
})

test('The scripted member invites again after the invitation has expired', async () => {
  const printed = await shown()
  database.exec('UPDATE invitations SET expires_at = 1')
  const path = await shown()
  expect(path).toMatch(/^\/staff\/#invite=[\w-]{43}\.[\w-]{43}$/)
  expect(path).not.toBe(printed)
  expect(server.posted).toHaveLength(1)
  expect(readFileSync(join(orgDir, 'invitation.txt'), 'utf8')).toContain(path)
})
