// `npm start`: a local organisation if there is none, database, build, server; then says where to go.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { applyMigrations, executeOnce } from '#scripts/database'
import { makeLocalOrganisation } from '#scripts/org/local'
import { orgDir, stateDir } from '#scripts/paths'
import { choosePort } from '#scripts/ports'
import { serve } from '#scripts/serve'
import { markRunning, refuseTwice } from '#scripts/start/running'
import { welcome } from '#scripts/start/welcome'
import { runTask, step } from '#scripts/step'

runTask(async () => {
  await refuseTwice(stateDir)
  const port = await choosePort()
  if (!existsSync(join(orgDir, 'public.json'))) {
    await step('Making a local organisation', () => makeLocalOrganisation(orgDir))
  }
  await applyMigrations(stateDir)
  await executeOnce(stateDir, 'published', join(orgDir, 'publish.sql'))
  const dist = join(stateDir, 'dist')
  await buildSite({ dist, org: join(orgDir, 'public.json') })
  const server = await step('Starting the server', () => serve({ state: stateDir, dist, port }))
  const unmark = markRunning(stateDir, server.origin)
  console.log(welcome(server.origin))
  console.log(`\nCtrl-C stops it. What the server says is in ${server.logFile}.`)

  const asked = new Promise<void>((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => done())
  })
  await Promise.race([asked, server.ended])
  await server.stop()
  unmark()
  return 0
})
