// Starts the worker: responds to requests, and runs the chores every minute.
import type { Env } from './env.ts'
import { depsOf } from './http/app.ts'
import { edge } from './http/router.ts'
import { runChores } from './scheduled/run-chores.ts'

export default {
  fetch: edge.fetch,
  // The chores use the scheduled minute, because the clock may start them late.
  scheduled: ({ scheduledTime }, env) => runChores({ ...depsOf(env), now: () => scheduledTime }),
} satisfies ExportedHandler<Env>
