// `npm run dev`: serves pages and updates them as their sources change. Astro serves the pages and
// forwards API calls to a local worker. Only `npm start` sends a build's headers.
import { spawn } from 'node:child_process'
import { orgDir, root, stateDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { runTask, step } from '#scripts/shared/progress'
import { binOf, environment } from '#scripts/shared/run-tool'
import { serve } from '#scripts/local/serve'
import { listenForStop, prepare } from '#scripts/start/prepare'
import { markRunning, startClock } from '#scripts/start/running'

const untilStopped = listenForStop()

runTask(async () => {
  // The worker fills in the pages that were built at the start. Later changes to their sources are
  // therefore not visible.
  const { port, org, dist } = await prepare()
  const worker = await step('Starting the worker', async () =>
    serve({ state: stateDir, dist, port: await anyPort(), orgDir, staffHost: `localhost:${port}` }),
  )
  const stopClock = startClock(worker.origin)
  const unmark = markRunning(stateDir, `http://127.0.0.1:${port}`)
  const astro = spawn(
    process.execPath,
    [binOf('astro'), 'dev', '--host', '127.0.0.1', '--port', String(port)],
    {
      cwd: root,
      stdio: 'inherit',
      env: environment({ OASIS_ORG: org, OASIS_DEV_WORKER: worker.origin, OASIS_DIST: dist }),
    },
  )
  const ended = new Promise<void>((done) => {
    astro.on('close', () => done())
  })
  await Promise.race([untilStopped(), ended, worker.ended])
  astro.kill('SIGTERM')
  stopClock()
  await worker.stop()
  await ended
  unmark()
  return 0
})
