// Runs the worker in a real workerd with separate state. A run can kill the worker at any moment
// and start it again on the same files.
import type { Miniflare } from 'miniflare'
import type { Organisation } from '#scripts/org/organisation'
import { fillDatabase, startWorkerd, workerdsOf, type Workerd } from '#scripts/local/workerd'

export class Server {
  readonly #runtime: Miniflare

  /**
   * Between two kills, a run sends more reports than the rate limit allows, so that both stores are
   * used.
   */
  constructor(workerd: Workerd) {
    this.#runtime = startWorkerd(workerd)
  }

  async ready(): Promise<void> {
    await this.#runtime.ready
  }

  /** Sends SIGKILL to the workerd process, without a warning or a clean shutdown. */
  async kill(): Promise<void> {
    for (const pid of workerdsOf(process.pid)) process.kill(pid, 'SIGKILL')
    await this.stop()
  }

  // The rest of a killed runtime may throw while it is disposed.
  stop = (): Promise<void> => this.#runtime.dispose().catch(() => undefined)

  async prepare(organisation: Organisation): Promise<void> {
    await fillDatabase(await this.#runtime.getD1Database('DB'), organisation)
  }

  async runClock(): Promise<void> {
    await (await this.#runtime.getWorker()).scheduled({ cron: '* * * * *' })
  }

  /** Returns the hex ids in the database, one for each row. */
  async storedIds(): Promise<string[]> {
    const database = await this.#runtime.getD1Database('DB')
    const { results } = await database
      .prepare('SELECT hex(id) AS id FROM reports UNION ALL SELECT hex(id) FROM follow_ups')
      .all<{ id: string }>()
    return results.map(({ id }) => id.toLowerCase())
  }

  /** Returns the hex ids of the reports in the overflow. */
  async waitingIds(): Promise<string[]> {
    const bucket = await this.#runtime.getR2Bucket('FILES')
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await bucket.list({ prefix: 'overflow/', ...(cursor && { cursor }) })
      for (const { key } of page.objects)
        ids.push(Buffer.from(key.split('/').at(-1) ?? '', 'base64url').toString('hex'))
      cursor = page.truncated ? page.cursor : undefined
    } while (cursor)
    return ids
  }
}
