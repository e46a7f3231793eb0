// Makes a demo and serves it with the real worker, for measurements of the staff app.
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { demoOrgDir, makeDemo, type DemoSignIn } from '#scripts/demo/make-demo'
import { benchDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { step } from '#scripts/shared/progress'
import { serve, type Served } from '#scripts/local/serve'

export interface ServedDemo {
  server: Served
  orgDir: string
  /** the built site's folder */
  dist: string
  signIn: DemoSignIn
}

/** The caller stops the server. @param total  number of reports */
export async function serveDemo(total: number): Promise<ServedDemo> {
  const state = join(benchDir, 'demo')
  const signIn = await makeDemo({ folder: state, total, seed: 1, now: Date.now() })
  const [orgDir, dist] = [demoOrgDir(state), join(state, 'dist')]
  await buildSite({ dist, org: join(orgDir, 'public.json') })
  const port = await anyPort()
  const server = await step('Starting the server', () => serve({ state, dist, port }))
  return { server, orgDir, dist, signIn }
}
