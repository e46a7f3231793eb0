// Decides the order of events in a world. Each storage call and each timer is a step, and the
// scheduler releases the steps one at a time. The seed alone chooses the next step, so that a world
// can be repeated.

/** An event of the world. `run` returns a short description of its result, for the trace. */
interface Step {
  name: string
  run: () => string
}

interface Timer extends Step {
  /** milliseconds since the world began */
  at: number
}

/** Number of consecutive event loop turns without a step after which the run fails. */
const MAX_IDLE_TURNS = 200
/** Maximum number of turns for the work between two steps, such as reading a body. */
const IDLE_TURNS = 3
const SHOWN_STEPS = 40

const nextTurn = (): Promise<void> => new Promise((done) => void setImmediate(done))

export class Scheduler {
  /** milliseconds since the world began; a jump of the clock does not change this number */
  now = 0
  /** number of steps taken: the logical time of the world */
  steps = 0
  /** the last steps, or all of them for a full trace */
  readonly lines: string[] = []
  readonly #roll: () => number
  readonly #pace: number
  readonly #isWhole: boolean
  readonly #isBusy: () => boolean
  #ready: Step[] = []
  #timers: Timer[] = []
  #hash = 0x811c9dc5

  /**
   * @param pace  maximum length of a step, in milliseconds
   * @param isBusy  returns true while work between two steps is still running
   * @param isWhole  true to keep every line of the trace
   */
  constructor(roll: () => number, pace: number, isBusy: () => boolean, isWhole: boolean) {
    this.#roll = roll
    this.#pace = pace
    this.#isBusy = isBusy
    this.#isWhole = isWhole
  }

  /** Returns a hash over the order of all steps and their results. */
  get trace(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0')
  }

  /** Adds a step that may run at any time from now on. */
  call(name: string, run: () => string): void {
    this.#ready.push({ name, run })
  }

  /** Adds a step that may run after `ms`. The returned function cancels the step. */
  after(ms: number, name: string, run: () => string): () => void {
    const timer = { at: this.now + Math.max(0, ms), name, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
      this.#ready = this.#ready.filter((each) => each !== timer)
    }
  }

  pause(ms: number, name: string): Promise<void> {
    return new Promise((done) => {
      this.after(ms, name, () => {
        done()
        return 'goes on'
      })
    })
  }

  /** Adds a line to the trace, for a step or for another event. */
  note(name: string, result: string): void {
    const line = `${String(this.steps).padStart(5)} ${(this.now / 1000).toFixed(1)} s  ${name}`
    const text = `${line}: ${result}`
    for (let at = 0; at < text.length; at++)
      this.#hash = Math.imul(this.#hash ^ text.charCodeAt(at), 0x01000193)
    this.lines.push(text)
    if (!this.#isWhole && this.lines.length > 2 * SHOWN_STEPS)
      this.lines.splice(0, this.lines.length - SHOWN_STEPS)
  }

  /** Runs steps until `isDone`. Throws when no step can run. */
  async run(isDone: () => boolean): Promise<void> {
    let idle = 0
    while (idle < MAX_IDLE_TURNS) {
      do await nextTurn()
      while (this.#isBusy())
      if (isDone()) return
      const step = this.#next(idle >= IDLE_TURNS)
      if (step) this.#perform(step)
      idle = step ? 0 : idle + 1
    }
    throw new Error(`nothing can go on after ${this.lines.slice(-SHOWN_STEPS).join('\n')}`)
  }

  #perform(step: Step): void {
    this.steps++
    this.note(step.name, step.run())
  }

  /** Takes the next step. @param mayWait  the clock may move on to the next timer */
  #next(mayWait: boolean): Step | undefined {
    if (this.#ready.length > 0) this.now += this.#roll() * this.#pace
    else if (mayWait && this.#timers.length > 0)
      this.now = Math.max(this.now, Math.min(...this.#timers.map(({ at }) => at)))
    if (this.#timers.some(({ at }) => at <= this.now)) {
      this.#ready.push(...this.#timers.filter(({ at }) => at <= this.now))
      this.#timers = this.#timers.filter(({ at }) => at > this.now)
    }
    return this.#ready.splice(Math.floor(this.#roll() * this.#ready.length), 1)[0]
  }
}
