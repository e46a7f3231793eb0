// `npm start`: makes a local organisation if there is none, prepares the database, builds and
// serves the site. Then the command prints the addresses.
import { stateDir } from '#scripts/shared/paths'
import { runTask, step } from '#scripts/shared/progress'
import { serve } from '#scripts/shared/serve'
import { listenForStop, prepare } from '#scripts/start/prepare'
import { markRunning, startClock } from '#scripts/start/running'
import { addressesIn, welcome } from '#scripts/start/welcome'

const untilStopped = listenForStop()

runTask(async () => {
  const { port, dist } = await prepare()
  const vars = addressesIn(process.env)
  const server = await step('Starting the server', () =>
    serve({ state: stateDir, dist, port, vars }),
  )
  const stopClock = startClock(server.origin)
  const unmark = markRunning(stateDir, server.origin)
  console.log(welcome(server.origin, vars))
  console.log(`\nCtrl-C stops it. The output of the server is in ${server.logFile}.`)

  await Promise.race([untilStopped(), server.ended])
  stopClock()
  await server.stop()
  unmark()
  return 0
})
