import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildSite } from '#scripts/build'
import { makeLocalOrganisation } from '#scripts/org/local'

const elsewhere = mkdtempSync(join(tmpdir(), 'oasis-build-'))
afterAll(() => {
  rmSync(elsewhere, { recursive: true, force: true })
})

test('a site is built for a folder outside of the project, once', async () => {
  await makeLocalOrganisation(join(elsewhere, 'org'))
  const build = { dist: join(elsewhere, 'dist'), org: join(elsewhere, 'org', 'public.json') }
  expect(await buildSite(build)).toBe(true)
  expect(existsSync(join(elsewhere, 'dist', 'ky', 'tell', 'index.html'))).toBe(true)
  expect(existsSync(join(elsewhere, 'dist', '_headers'))).toBe(true)
  expect(await buildSite(build)).toBe(false)
}, 60_000)
