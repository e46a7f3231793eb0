// Runs the worker's entry: one or two instances that take requests and run the chores. An instance
// can crash in the middle of its requests, and a new instance then takes its place.
import { dayOf } from '#protocol/time'
import { depsOf } from '#worker/http/app'
import worker from '#worker/index'
import { runChores } from '#worker/scheduled/run-chores'
import type { Env } from '#worker/env'
import { urlOf, bindingsOf, runAs, type WorldBindings } from '#scripts/lab/simulate/bindings'
import type { SentRequest, WorldRecord } from '#scripts/lab/simulate/record'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import type { Cause, Instance } from '#scripts/lab/simulate/storage-calls'

/** A slower answer may have met a timeout of the worker, as if a store had failed. */
const SLOW_MS = 2500
/** A page gives up after eight seconds. */
const PATIENCE_MS = 8000
/** Marks in the headers of a client. A check searches for marks, because the edge keeps none. */
export const MARKS = { address: '203.0.113.77', browser: 'Marked-Browser/7.7', page: 'marked-page' }
const MARKED = {
  'cf-connecting-ip': MARKS.address,
  'x-forwarded-for': MARKS.address,
  'user-agent': MARKS.browser,
  referer: `https://elsewhere.example/${MARKS.page}`,
}

/** Addresses whose answers must look alike. */
const COMPARED = new Set(['/api/reports', '/api/inbox', '/api/inbox/destroy'])

const shapeOf = (status: number, headers: Headers): string =>
  [status, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join('\n')

/** A response that a client has got. */
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
  readonly #instances: Instance[]
  /** announces the crash of an instance to its clients */
  readonly #crashed = new Map<Instance, () => void>()
  #count = 0

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
    const many = bindings.profile.instances
    this.#instances = Array.from({ length: many }, () => this.#startInstance())
  }

  /** Crashes one instance, so that its requests end without a response. */
  crash(): void {
    const at = Math.floor(this.#roll() * this.#instances.length)
    const instance = this.#instances[at]
    if (!instance) return
    instance.isAlive = false
    this.#scheduler.note(instance.name, 'crashes')
    this.#crashed.get(instance)?.()
    this.#instances[at] = this.#startInstance()
  }

  /**
   * Sends a request. Returns null when the client gets no response.
   *
   * @param notes  gets the request before the edge does
   */
  async ask(
    by: string,
    path: string,
    init: RequestInit = {},
    notes: SentRequest[] = [],
  ): Promise<ClientAnswer | null> {
    const cause = this.#causeOf(by)
    const sent: SentRequest = {
      name: cause.name,
      path,
      began: this.#scheduler.steps,
      beganMs: this.#scheduler.now,
      answered: Infinity,
      tookMs: Infinity,
      status: null,
      code: '',
      isDisturbed: false,
      shape: '',
      body: '',
    }
    this.#record.requests.push(sent)
    notes.push(sent)
    this.#record.noteDay(sent.began, dayOf(Date.now()))
    const headers = { ...MARKED, ...(init.headers as Record<string, string> | undefined) }
    const request = new Request(urlOf(path), { redirect: 'manual', ...init, headers })
    const bytes = this.#crashable(cause, async () => {
      const response = await runAs(cause, async () =>
        worker.fetch(request, this.#envOf(cause), this.#contextOf(cause)),
      )
      const body = new Uint8Array(await response.arrayBuffer())
      if (cause.instance.isAlive) this.#noteAnswer(sent, cause, response, body)
      return body
    })
    const isLost = !this.#bindings.calls.isQuiet && this.#roll() < this.#lostShare()
    const got = await this.#withPatience(sent.name, bytes)
    if (got === null || sent.status === null || isLost) return null
    return { request: sent, status: sent.status, bytes: got }
  }

  /** Runs the chores, as the clock of Cloudflare does each minute. */
  async runChores(): Promise<void> {
    const cause = this.#causeOf('chores')
    const scheduledTime = Date.now()
    const { runSize } = this.#bindings.profile
    await this.#crashable(cause, async () => {
      try {
        // The entry calls the same chores, but with runs of another size.
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

  #startInstance(): Instance {
    return { name: `instance ${++this.#count}`, isAlive: true }
  }

  #causeOf(by: string): Cause {
    const instance = this.#instances[Math.floor(this.#roll() * this.#instances.length)]
    if (!instance) throw new Error('no instance runs')
    return { name: `${by} #${++this.#count}`, instance, isDisturbed: false }
  }

  /** Runs work of an instance. Returns null as soon as the instance crashes. */
  #crashable<T>(cause: Cause, work: () => Promise<T>): Promise<T | null> {
    const { instance } = cause
    const before = this.#crashed.get(instance)
    const crash = new Promise<null>((done) => {
      this.#crashed.set(instance, () => {
        before?.()
        done(null)
      })
    })
    return Promise.race([work(), crash])
  }

  #envOf = (cause: Cause): Env => bindingsOf(this.#bindings, cause)

  #contextOf(cause: Cause): ExecutionContext {
    return {
      waitUntil: (work: Promise<unknown>) => {
        void this.#crashable(cause, () => work)
      },
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext
  }

  #noteAnswer(
    sent: SentRequest,
    cause: Cause,
    { status, headers }: Response,
    body: Uint8Array<ArrayBuffer>,
  ): void {
    const text = body.length < 100 ? new TextDecoder().decode(body) : `${body.length} bytes`
    sent.answered = this.#scheduler.steps
    sent.tookMs = this.#scheduler.now - sent.beganMs
    this.#record.noteDay(sent.answered, dayOf(Date.now()))
    sent.status = status
    sent.isDisturbed = cause.isDisturbed || this.#scheduler.now - sent.beganMs > SLOW_MS
    sent.code = /^\{"error":\{"code":"(\w+)"\}\}$/.exec(text)?.[1] ?? ''
    if (COMPARED.has(sent.path)) sent.shape = shapeOf(status, headers)
    sent.body = text
    this.#scheduler.note(`${sent.name} ${sent.path}`, `${status} ${sent.code}`)
  }
}
