import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { consulate, countriesOf } from '#content/published.ts'
import { buildSite, isBuilt } from '#scripts/build'
import { makeLocalOrganisation } from '#scripts/org/local'
import { t } from '#site/i18n/text.ts'
import { SAMPLED } from '#test/sample.ts'

const elsewhere = mkdtempSync(join(tmpdir(), 'oasis-build-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(elsewhere, { recursive: true, force: true })
})

test(
  'A site is built once outside the project, with its settings, until one changes',
  SAMPLED,
  async () => {
    await makeLocalOrganisation(join(elsewhere, 'org'))
    const build = { dist: join(elsewhere, 'dist'), org: join(elsewhere, 'org', 'public.json') }
    // For this build, the site has a different address, and the date makes every contact stale.
    vi.stubEnv('OASIS_SITE', 'https://oasis.example')
    vi.stubEnv('OASIS_TODAY', '2099-01-01')
    expect(isBuilt(build)).toBe(false)
    expect(await buildSite(build)).toBe(true)
    expect(existsSync(join(elsewhere, 'dist', 'ky', 'tell', 'index.html'))).toBe(true)
    expect(existsSync(join(elsewhere, 'dist', '_headers'))).toBe(true)
    const numbers = readFileSync(join(elsewhere, 'dist', 'en', 'help', 'index.html'), 'utf8')
    expect(numbers).toContain('https://oasis.example/en/help/')
    // Each number for each country states its purpose: danger now, the consulate abroad, or another
    // purpose.
    const said = countriesOf().map(({ country, lines }) => {
      const others = lines.filter(({ id }) => id !== consulate.id)
      return others.length + (country === consulate.country ? 1 : 2)
    })
    const sum = said.reduce((all, each) => all + each)
    expect(numbers.split(t('en', 'contacts.stale'))).toHaveLength(sum + 1)
    expect(await buildSite(build)).toBe(false)

    // A different address requires a new build, as does a day on which no contact is stale.
    for (const [name, built, other] of [
      ['OASIS_SITE', 'https://oasis.example', 'https://other.example'],
      ['OASIS_TODAY', '2099-01-01', '2026-11-26'],
    ] as const) {
      vi.stubEnv(name, other)
      expect(isBuilt(build), name).toBe(false)
      vi.stubEnv(name, built)
      expect(isBuilt(build), name).toBe(true)
    }
  },
)
