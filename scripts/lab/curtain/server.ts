// Runs the site's side of the wire as a process inside its namespace: the worker and its front end.
// The process prints one line when it is ready, and exits when its input closes.
import { openFront } from '#scripts/lab/curtain/front'
import { serve } from '#scripts/local/serve'
import { runTask } from '#scripts/shared/progress'

export interface ServerSettings {
  state: string
  dist: string
  /** port of the worker, on this machine */
  port: number
  /** folder of the organisation whose scripted member confirms newcomers */
  orgDir: string
  keyFile: string
  chainFile: string
}

export const READY = 'ready'

if (import.meta.main) {
  runTask(async () => {
    const settings = JSON.parse(process.argv[2] ?? '') as ServerSettings
    const worker = await serve(settings)
    const front = await openFront(settings.port, settings)
    console.log(READY)
    process.stdin.resume()
    await new Promise((done) => process.stdin.once('end', done))
    front.close()
    await worker.stop()
    process.exit(0)
  })
}
