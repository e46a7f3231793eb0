// The worker: answers requests, and looks after its stores on a clock.
import type { Env } from './env.ts'
import { depsOf } from './routes/app.ts'
import { edge } from './routes/edge.ts'
import { runUpkeep } from './upkeep/run.ts'

export default {
  fetch: edge.fetch,
  scheduled: (_event, env) => runUpkeep(depsOf(env)),
} satisfies ExportedHandler<Env>
