// Starts the servers for the browser tests and stops them afterwards. Each lane has its own server,
// and a new database that contains only the test organisation. All lanes share a stand-in for
// siteverify.
import { testDist, testOrgDir, testWorkers } from '#scripts/shared/paths'
import { bundleLocalWorkers } from '#scripts/local/local-workers'
import { serve } from '#scripts/local/serve'
import { copyTestDatabase, prepareTestDatabase } from '#scripts/test/database'
import { NO_FIREFOX } from '#scripts/test/firefox'
import { lanePorts, laneState } from '#scripts/test/lanes'
import { serveRenewals } from '#scripts/test/renew-lane'
import { SECRET, serveSiteverify } from '#scripts/test/siteverify'

export default async function setUp(): Promise<() => Promise<void>> {
  if (!process.env['FIREFOX_PATH']) console.log(NO_FIREFOX)
  const siteverify = await serveSiteverify()
  const vars = {
    TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
    TURNSTILE_SECRET: SECRET,
    TURNSTILE_VERIFY_URL: siteverify.url,
  }
  await Promise.all([prepareTestDatabase(), bundleLocalWorkers(testWorkers)])
  const start = (port: number, lane: number) => {
    const state = laneState(lane)
    copyTestDatabase(state)
    return serve({ state, port, vars, dist: testDist, bundled: testWorkers, orgDir: testOrgDir })
  }
  const servers = await Promise.all(lanePorts().map(start))
  const renewals = await serveRenewals(async (lane) => {
    await servers[lane]?.stop()
    servers[lane] = await start(lanePorts()[lane] ?? 0, lane)
  })
  return async () => {
    siteverify.stop()
    renewals.stop()
    await Promise.all(servers.map((server) => server.stop()))
  }
}
