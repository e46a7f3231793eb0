import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { makeOrganisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/local'
import { setAside } from '#scripts/start/set-aside'
import { mirroredRow } from '#test/protocol/support/mirror-signature.ts'

let state: string
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'oasis-state-'))
})
afterEach(() => rmSync(state, { recursive: true, force: true }))

const publicFile = (): string => join(state, 'org', 'public.json')
const writeOlder = (): void => {
  mkdirSync(join(state, 'org'), { recursive: true })
  // In an older version, the manifest was 341 bytes long and contained the recovery key.
  writeFileSync(publicFile(), JSON.stringify({ root: 'AA', manifest: 'A'.repeat(455) }))
  mkdirSync(join(state, 'store'))
  mkdirSync(join(state, 'browsers'))
}

test('The state of an older version is moved to a folder, and downloaded browsers stay', () => {
  writeOlder()
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '1'))
  expect(readdirSync(state).sort()).toEqual(['browsers', 'older'])
  expect(readdirSync(join(state, 'older', '1')).sort()).toEqual(['org', 'store'])
  rmSync(join(state, 'browsers'), { recursive: true })
  writeOlder()
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '2'))
})

test('An organisation of this version is not set aside, and an empty folder stays', async () => {
  expect(setAside(state, publicFile())).toBeNull()
  writePublicFile(
    join(state, 'org'),
    await makeOrganisation('snow spruce apricot felt', Date.now()),
  )
  expect(setAside(state, publicFile())).toBeNull()
  expect(existsSync(publicFile())).toBe(true)
})

test('An organisation whose member has keys of an older form is set aside', async () => {
  writePublicFile(
    join(state, 'org'),
    await makeOrganisation('snow spruce apricot felt', Date.now()),
  )
  const older = { me: { id: 'AA', intake: [{ epoch: 1, sealed: 'AA' }] }, master: '', session: '' }
  writeFileSync(join(state, 'org', 'member.json'), JSON.stringify(older))
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '1'))
})

test('An organisation whose recovery key is a P-256 point is set aside', async () => {
  writePublicFile(
    join(state, 'org'),
    await makeOrganisation('snow spruce apricot felt', Date.now()),
  )
  const current = JSON.parse(readFileSync(publicFile(), 'utf8')) as { recovery: string }
  const point = Buffer.alloc(65, 4).toString('base64url')
  writeFileSync(publicFile(), JSON.stringify({ ...current, recovery: point }))
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '1'))
})

test('An organisation whose signatures have another form is set aside', async () => {
  writePublicFile(
    join(state, 'org'),
    await makeOrganisation('snow spruce apricot felt', Date.now()),
  )
  const current = JSON.parse(readFileSync(publicFile(), 'utf8')) as { begin: LedgerRow }
  const begin = mirroredRow(current.begin)
  writeFileSync(publicFile(), JSON.stringify({ ...current, begin }))
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '1'))
})

test('An organisation without the beginning of a ledger is set aside', async () => {
  writePublicFile(
    join(state, 'org'),
    await makeOrganisation('snow spruce apricot felt', Date.now()),
  )
  const { begin, ...older } = JSON.parse(readFileSync(publicFile(), 'utf8')) as { begin: object }
  expect(begin).toBeDefined()
  writeFileSync(publicFile(), JSON.stringify(older))
  expect(setAside(state, publicFile())).toBe(join(state, 'older', '1'))
})
