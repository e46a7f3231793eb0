// Before the browser tests: a server with an empty database that knows the test organisation, and one that speaks siteverify. After them: it is stopped.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, executeOnce } from '#scripts/database'
import { e2eState, testDist, testOrgDir } from '#scripts/paths'
import { serve } from '#scripts/serve'
import { NO_FIREFOX } from '#scripts/test/firefox'
import { SECRET, serveSiteverify } from '#scripts/test/siteverify'

export default async function setUp(): Promise<() => Promise<void>> {
  if (!process.env['FIREFOX_PATH']) console.log(NO_FIREFOX)
  rmSync(e2eState, { recursive: true, force: true })
  await applyMigrations(e2eState)
  await executeOnce(e2eState, 'published', join(testOrgDir, 'publish.sql'))
  const port = Number(process.env['OASIS_E2E_PORT'])
  const siteverify = await serveSiteverify()
  const vars = {
    TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
    TURNSTILE_SECRET: SECRET,
    TURNSTILE_VERIFY_URL: siteverify.url,
  }
  const server = await serve({ state: e2eState, dist: testDist, port, vars })
  return async () => {
    siteverify.stop()
    await server.stop()
  }
}
