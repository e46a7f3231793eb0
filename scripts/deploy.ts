// `npm run deploy`: refuses what must not go out, builds for the real organisation, migrates, deploys. Asks nothing, prints each step.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { THROW_AWAY } from '#scripts/org/local'
import { runBuild } from '#scripts/build'
import { orgDir, root } from '#scripts/paths'
import { runTask, step, Stop } from '#scripts/step'
import { runQuietly } from '#scripts/tool'
import { settingFaults } from '#scripts/verify/settings'

// Cloudflare's public test keys of Turnstile, of both kinds, let everybody through.
const TEST_KEY = /[123]x0{10,}/

export function refusalsOf(folder: string, org: string): string[] {
  const wrangler = readFileSync(join(folder, 'wrangler.toml'), 'utf8')
  const refusals = settingFaults(folder)
  if (!existsSync(org)) {
    refusals.push(
      `There is no organisation (${org}): run npm run org, or set OASIS_ORG to its public.json.`,
    )
  } else if (existsSync(join(dirname(org), THROW_AWAY))) {
    refusals.push(
      `${dirname(org)} is a throw-away organisation: make the real one with npm run org.`,
    )
  }
  if (/database_id = "0{8}-/.test(wrangler)) {
    refusals.push('wrangler.toml: put in the id of your D1 database (docs/operations.md).')
  }
  if (TEST_KEY.test(wrangler))
    refusals.push('wrangler.toml: a test key of Turnstile must not be deployed.')
  if (/^\s*TURNSTILE_VERIFY_URL\s*=\s*"(?!")/m.test(wrangler))
    refusals.push('wrangler.toml: TURNSTILE_VERIFY_URL is for tests: leave it empty.')
  return refusals
}

if (import.meta.main) {
  runTask(async () => {
    const org = process.env['OASIS_ORG'] ?? join(orgDir, 'public.json')
    const refusals = refusalsOf(root, org)
    if (refusals.length > 0) throw new Stop(refusals.join('\n'))
    await runBuild({ dist: join(root, 'dist'), org })
    await step('Migrating the database', () =>
      runQuietly('migrate', 'wrangler', ['d1', 'migrations', 'apply', 'oasis', '--remote']),
    )
    await step('Deploying', () => runQuietly('deploy', 'wrangler', ['deploy']))
    return 0
  })
}
