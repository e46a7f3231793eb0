import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { contacts } from '#content/published.ts'
import { buildSite } from '#scripts/build'
import { makeLocalOrganisation } from '#scripts/org/local'
import { t } from '#site/i18n/text.ts'

const elsewhere = mkdtempSync(join(tmpdir(), 'oasis-build-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(elsewhere, { recursive: true, force: true })
})

test('A site is built once outside the project, and again after a setting changes', async () => {
  await makeLocalOrganisation(join(elsewhere, 'org'))
  const build = { dist: join(elsewhere, 'dist'), org: join(elsewhere, 'org', 'public.json') }
  expect(await buildSite(build)).toBe(true)
  expect(existsSync(join(elsewhere, 'dist', 'ky', 'tell', 'index.html'))).toBe(true)
  expect(existsSync(join(elsewhere, 'dist', '_headers'))).toBe(true)
  expect(await buildSite(build)).toBe(false)

  // Another address and a day on which every contact is stale cause a new build.
  vi.stubEnv('OASIS_SITE', 'https://oasis.example')
  vi.stubEnv('OASIS_TODAY', '2099-01-01')
  expect(await buildSite(build)).toBe(true)
  const numbers = readFileSync(join(elsewhere, 'dist', 'en', 'help', 'index.html'), 'utf8')
  expect(numbers).toContain('https://oasis.example/en/help/')
  expect(numbers.split(t('en', 'contacts.stale'))).toHaveLength(contacts.length + 1)
  expect(await buildSite(build)).toBe(false)
}, 180_000)
