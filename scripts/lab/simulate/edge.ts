// Runs the worker's entry point: sends requests to an instance and runs the chores. A client may
// give up, or lose the response.
import { depsOf } from '#worker/http/app'
import worker from '#worker/index'
import { runChores } from '#worker/scheduled/run-chores'
import type { Env } from '#worker/env'
import { urlOf, bindingsOf, runAs, type WorldBindings } from '#scripts/lab/simulate/bindings'
import { Instances } from '#scripts/lab/simulate/instances'
import { noteAnswer, noteRequest } from '#scripts/lab/simulate/note-request'
import type { WorldRecord } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import type { Cause } from '#scripts/lab/simulate/storage-calls'

/** A page gives up after eight seconds. */
const PATIENCE_MS = 8000
/**
 * Marks in a client's headers. A check searches the stores for these marks, because the edge must
 * not store them.
 */
export const MARKS = { address: '203.0.113.77', browser: 'Marked-Browser/7.7', page: 'marked-page' }
const MARKED = {
  'cf-connecting-ip': MARKS.address,
  'x-forwarded-for': MARKS.address,
  'user-agent': MARKS.browser,
  referer: `https://elsewhere.example/${MARKS.page}`,
}

/** A response that a client has received. */
export interface ClientAnswer {
  request: SentRequest
  status: number
  bytes: Uint8Array<ArrayBuffer>
}

export class Edge {
  readonly #scheduler: Scheduler
  readonly #record: WorldRecord
  readonly #bindings: WorldBindings
  readonly #roll: () => number
  readonly #instances: Instances

  constructor(
    scheduler: Scheduler,
    record: WorldRecord,
    bindings: WorldBindings,
    roll: () => number,
  ) {
    this.#scheduler = scheduler
    this.#record = record
    this.#bindings = bindings
    this.#roll = roll
    this.#instances = new Instances(scheduler, bindings.profile.instances, roll)
  }

  /** Crashes one instance, so that its requests end without a response. */
  crash(): void {
    this.#instances.crash()
  }

  /**
   * Sends a request. Returns null when the client receives no response.
   *
   * @param notes  receives the request before the edge does
   */
  async ask(
    by: string,
    path: string,
    init: RequestInit = {},
    notes: SentRequest[] = [],
  ): Promise<ClientAnswer | null> {
    const cause = this.#instances.causeOf(by)
    const world = { scheduler: this.#scheduler, record: this.#record }
    const sent = noteRequest(world, cause, path)
    notes.push(sent)
    const headers = { ...MARKED, ...(init.headers as Record<string, string> | undefined) }
    const request = new Request(urlOf(path), { redirect: 'manual', ...init, headers })
    const bytes = this.#instances.untilCrash(cause, async () => {
      const response = await runAs(cause, async () =>
        worker.fetch(request, this.#envOf(cause), this.#instances.contextOf(cause)),
      )
      const body = new Uint8Array(await response.arrayBuffer())
      if (cause.instance.isAlive) noteAnswer(world, cause, sent, response, body)
      return body
    })
    const isLost = !this.#bindings.calls.isQuiet && this.#roll() < this.#lostShare()
    const got = await this.#withPatience(sent.name, bytes)
    if (got === null || sent.status === null || isLost) return null
    return { request: sent, status: sent.status, bytes: got }
  }

  /** Runs the chores, as Cloudflare's cron trigger does each minute. */
  async runChores(): Promise<void> {
    const cause = this.#instances.causeOf('chores')
    const scheduledTime = Date.now()
    const { runSize } = this.#bindings.profile
    await this.#instances.untilCrash(cause, async () => {
      try {
        // The entry point calls the same chores, but with a different run size.
        const deps = { ...depsOf(this.#envOf(cause)), now: () => scheduledTime, runSize }
        await runAs(cause, () => runChores(deps))
      } catch (error) {
        if (!cause.isDisturbed) this.#record.failedChores.push(`${cause.name}: ${String(error)}`)
      }
      return null
    })
  }

  /** Returns null when the response takes longer than a page waits. */
  #withPatience<T>(name: string, response: Promise<T>): Promise<T | null> {
    return new Promise((done, fail) => {
      const cancel = this.#scheduler.after(PATIENCE_MS, `${name} gives up`, () => {
        done(null)
        return 'no response'
      })
      response.finally(cancel).then(done, fail)
    })
  }

  #lostShare = (): number => this.#bindings.profile.lostResponses

  #envOf = (cause: Cause): Env => bindingsOf(this.#bindings, cause)
}
