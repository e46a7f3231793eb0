// Runs the instances of the worker, as the platform does. An instance can crash in the middle of
// its requests, and a new instance then takes its place.
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import type { Cause, Instance } from '#scripts/lab/simulate/storage-calls'

export class Instances {
  readonly #scheduler: Scheduler
  readonly #roll: () => number
  readonly #running: Instance[]
  /** announces the crash of an instance to its clients */
  readonly #crashed = new Map<Instance, () => void>()
  #count = 0

  constructor(scheduler: Scheduler, many: number, roll: () => number) {
    this.#scheduler = scheduler
    this.#roll = roll
    this.#running = Array.from({ length: many }, () => this.#start())
  }

  /** Crashes one instance, so that its requests end without a response. */
  crash(): void {
    const at = this.#choose()
    const instance = this.#running[at]
    if (!instance) return
    instance.isAlive = false
    this.#scheduler.note(instance.name, 'crashes')
    this.#crashed.get(instance)?.()
    this.#running[at] = this.#start()
  }

  /**
   * Assigns a name to a request or a run of the chores, and chooses the instance that receives it.
   */
  causeOf(by: string): Cause {
    const instance = this.#running[this.#choose()]
    if (!instance) throw new Error('no instance runs')
    return { name: `${by} #${++this.#count}`, instance, isDisturbed: false }
  }

  /** Runs work inside an instance. Returns null as soon as the instance crashes. */
  untilCrash<T>({ instance }: Cause, work: () => Promise<T>): Promise<T | null> {
    const before = this.#crashed.get(instance)
    const crash = new Promise<null>((done) => {
      this.#crashed.set(instance, () => {
        before?.()
        done(null)
      })
    })
    return Promise.race([work(), crash])
  }

  /** Returns the context of a request, whose later work also ends with the instance. */
  contextOf(cause: Cause): ExecutionContext {
    return {
      waitUntil: (work: Promise<unknown>) => {
        void this.untilCrash(cause, () => work)
      },
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext
  }

  #choose = (): number => Math.floor(this.#roll() * this.#running.length)

  #start(): Instance {
    return { name: `instance ${++this.#count}`, isAlive: true }
  }
}
