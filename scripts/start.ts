// `npm start`: makes a local organisation if there is none, prepares the database, and builds and
// serves the site. The command then prints the addresses of the site and of the staff app.
import { orgDir, stateDir } from '#scripts/shared/paths'
import { runTask, step } from '#scripts/shared/progress'
import { bundleOnce } from '#scripts/local/bundle-once'
import { serve } from '#scripts/local/serve'
import { firstInvitation } from '#scripts/start/first-invitation'
import { listenForStop, prepare } from '#scripts/start/prepare'
import { runUntilStopped } from '#scripts/start/running'
import { localPushSecret } from '#scripts/start/push-secret'
import { addressesIn, welcome } from '#scripts/start/welcome'

const untilStopped = listenForStop()

runTask(async () => {
  // Bundling takes a few seconds, and the build leaves a processor free during that time.
  const [{ port, dist }, bundled] = await Promise.all([prepare(), bundleOnce(stateDir)])
  const vars = addressesIn(process.env)
  vars['PUSH_SECRET'] ||= localPushSecret(stateDir)
  const server = await step('Starting the server', () =>
    serve({ state: stateDir, dist, port, vars, orgDir, bundled }),
  )
  const invitation = await firstInvitation(server.staffOrigin, stateDir, orgDir)
  const greeting = welcome(server, vars, invitation)
  await runUntilStopped(server, stateDir, greeting, untilStopped())
  return 0
})
