// The site's side of the wire, as a process of its own inside its namespace: the worker, and the front before it. Says one line
// when it is ready and ends with its input.
import { openFront } from '#scripts/curtain/front'
import { serve } from '#scripts/serve'
import { runTask } from '#scripts/step'

export interface ServerSettings {
  state: string
  dist: string
  /** of the worker, on localhost */
  port: number
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
