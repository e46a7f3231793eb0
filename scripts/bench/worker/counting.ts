// The real worker, with every answer's header saying how many rows its request read and wrote.
import worker from '#worker/index'
import type { Env } from '#worker/env'
import { countingDatabase } from './counting-database.ts'

export default {
  async fetch(request, env, context) {
    const rows = { read: 0, written: 0 }
    const counted: Env = { ...env, DB: countingDatabase(env.DB, rows) }
    const answer = await worker.fetch(request, counted, context)
    const copy = new Response(answer.body, answer)
    copy.headers.set('bench-rows', `${rows.read} ${rows.written}`)
    return copy
  },
} satisfies ExportedHandler<Env>
