// Measures acts of the staff against the real worker, with the demo of 10,000 reports: coming back
// by paper, and the end of a colleague's access.
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { demoOrgDir, makeDemo, type DemoSignIn } from '#scripts/demo/make-demo'
import { benchLeaving } from '#scripts/lab/bench/leaving'
import { benchPaper } from '#scripts/lab/bench/paper'
import { benchDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { step } from '#scripts/shared/progress'
import { serve, type Served } from '#scripts/shared/serve'

const REPORTS = 10_000

export interface ServedDemo {
  server: Served
  orgDir: string
  signIn: DemoSignIn
}

/** Prints the figures. @returns the number of broken bounds */
export async function benchStaff(): Promise<number> {
  const state = join(benchDir, 'demo')
  const signIn = await makeDemo({ folder: state, total: REPORTS, seed: 1, now: Date.now() })
  const [orgDir, dist] = [demoOrgDir(state), join(state, 'dist')]
  await buildSite({ dist, org: join(orgDir, 'public.json') })
  const port = await anyPort()
  const server = await step('Starting the server', () => serve({ state, dist, port }))
  try {
    const demo = { server, orgDir, signIn }
    return (await benchPaper(demo)) + (await benchLeaving(demo))
  } finally {
    await server.stop()
  }
}
