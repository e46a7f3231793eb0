// Starts the servers of the browser tests and stops them afterwards. Each lane has a server with an
// empty database that knows the test organisation. All lanes share a stand-in for siteverify.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { testDist, testOrgDir } from '#scripts/shared/paths'
import { serve, type Served } from '#scripts/shared/serve'
import { NO_FIREFOX } from '#scripts/test/firefox'
import { lanePorts, laneState } from '#scripts/test/lanes'
import { SECRET, serveSiteverify } from '#scripts/test/siteverify'

export default async function setUp(): Promise<() => Promise<void>> {
  if (!process.env['FIREFOX_PATH']) console.log(NO_FIREFOX)
  const siteverify = await serveSiteverify()
  const vars = {
    TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
    TURNSTILE_SECRET: SECRET,
    TURNSTILE_VERIFY_URL: siteverify.url,
  }
  const servers: Served[] = []
  for (const [lane, port] of lanePorts().entries()) {
    const state = laneState(lane)
    rmSync(state, { recursive: true, force: true })
    await applyMigrations(state)
    await executeOnce(state, 'published', join(testOrgDir, 'publish.sql'))
    servers.push(await serve({ state, dist: testDist, port, vars, orgDir: testOrgDir }))
  }
  return async () => {
    siteverify.stop()
    await Promise.all(servers.map((server) => server.stop()))
  }
}
