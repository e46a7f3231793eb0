// The worker in a real workerd with a state of its own, which can be killed at any moment and started again on the same files.
import type { Miniflare } from 'miniflare'
import type { Organisation } from '#scripts/org/organisation'
import { fillDatabase, startWorkerd, workerdsOf, type Workerd } from '#scripts/workerd'

export class Server {
  readonly #runtime: Miniflare

  /** Between two kills more reports come than FLOOD lets through, so that both stores are at work. */
  constructor(workerd: Workerd) {
    this.#runtime = startWorkerd(workerd)
  }

  ready = async (): Promise<void> => void (await this.#runtime.ready)

  /** SIGKILL to workerd, by its number: nothing is told beforehand and nothing is put in order. */
  async kill(): Promise<void> {
    for (const pid of workerdsOf(process.pid)) process.kill(pid, 'SIGKILL')
    await this.stop()
  }

  // What is left of a runtime that was killed may complain when it is put away.
  stop = (): Promise<void> => this.#runtime.dispose().catch(() => undefined)

  async prepare(organisation: Organisation): Promise<void> {
    await fillDatabase(await this.#runtime.getD1Database('DB'), organisation)
  }

  async runClock(): Promise<void> {
    await (await this.#runtime.getWorker()).scheduled({ cron: '* * * * *' })
  }

  /** Hex ids in the database, once for each row. */
  async storedIds(): Promise<string[]> {
    const database = await this.#runtime.getD1Database('DB')
    const { results } = await database
      .prepare('SELECT hex(id) AS id FROM reports UNION ALL SELECT hex(id) FROM follow_ups')
      .all<{ id: string }>()
    return results.map(({ id }) => id.toLowerCase())
  }

  /** Hex ids of what waits in R2. */
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
