// Before the browser tests: a server with an empty database that knows the test organisation. After them: it is stopped.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, executeOnce } from '#scripts/database'
import { e2eState, testDist, testOrgDir } from '#scripts/paths'
import { serve } from '#scripts/serve'

export default async function setUp(): Promise<() => Promise<void>> {
  rmSync(e2eState, { recursive: true, force: true })
  await applyMigrations(e2eState)
  await executeOnce(e2eState, 'published', join(testOrgDir, 'publish.sql'))
  const port = Number(process.env['OASIS_E2E_PORT'])
  const server = await serve({ state: e2eState, dist: testDist, port })
  return server.stop
}
