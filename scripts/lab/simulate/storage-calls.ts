// Turns each call to D1 and R2 into a step of the scheduler. A call may fail before or after its
// effect, or hang past the timeouts. A call from a crashed instance receives no response, and
// chance decides whether the call still takes effect.
import type { StoreCall } from '#scripts/home/database'
import type { Profile, StoreName } from '#scripts/lab/simulate/profile'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import {
  settleCall,
  tryEffect,
  type CallEnds,
  type EffectOutcome,
} from '#scripts/lab/simulate/try-effect'

/** An instance of the worker. Requests in a crashed instance never continue. */
export interface Instance {
  name: string
  isAlive: boolean
}

/** A request or a run of the chores, as the cause of storage calls. */
export interface Cause {
  name: string
  instance: Instance
  /** true when a storage call of this cause failed or hung */
  isDisturbed: boolean
}

/** A call that the scheduler has not released yet. */
interface Call<T> extends CallEnds<T> {
  cause: Cause
  effect: () => T
}

/** The outcomes of a call. */
type Fate = 'done' | 'fails' | 'answer lost' | 'late' | 'answer late' | 'never'
const QUICK = ['fails', 'answer lost'] as const
const HANGING = ['late', 'answer late', 'never'] as const

/**
 * The delay after which a hanging call responds: from just under the storage timeout to far beyond
 * it.
 */
const HANGS_MS = [2800, 20_000] as const

export class StorageCalls {
  readonly #scheduler: Scheduler
  readonly #roll: () => number
  readonly #profile: Profile
  /** true for the quiet minutes at the end of a world, in which no call fails */
  isQuiet = false
  /** a store that does not respond at all */
  outage: StoreName | null = null

  constructor(scheduler: Scheduler, roll: () => number, profile: Profile) {
    this.#scheduler = scheduler
    this.#roll = roll
    this.#profile = profile
  }

  /** Returns the gate through which a cause calls a store. */
  gate(cause: Cause, store: StoreName): StoreCall {
    return <T>(name: string, effect: () => T) =>
      new Promise<T>((answer, fail) => {
        if (!cause.instance.isAlive) return
        this.#scheduler.call(`${cause.name} ${store} ${name}`, () =>
          this.#perform(store, { cause, effect, answer, fail }),
        )
      })
  }

  #fateOf(store: StoreName): Fate {
    if (this.isQuiet) return 'done'
    if (this.outage === store) return this.#roll() < 0.5 ? 'fails' : 'never'
    if (this.#roll() >= this.#profile.disturbed[store]) return 'done'
    const isHanging = this.#roll() < this.#profile.hanging
    const fates: readonly Fate[] = isHanging ? HANGING : QUICK
    return fates[Math.floor(this.#roll() * fates.length)] ?? 'fails'
  }

  #perform<T>(store: StoreName, call: Call<T>): string {
    const { cause, effect, fail } = call
    if (!cause.instance.isAlive) return this.#performOrphan(effect)
    const fate = this.#fateOf(store)
    if (fate !== 'done') cause.isDisturbed = true
    if (fate === 'never') return fate
    const outcome = fate === 'fails' || fate === 'late' ? null : tryEffect(effect)
    if (fate === 'late' || fate === 'answer late') {
      const [from, to] = HANGS_MS
      const ms = from + this.#roll() * (to - from)
      this.#scheduler.after(ms, `${cause.name} ${fate}`, () => this.#performLate(call, outcome))
      return fate
    }
    if (fate === 'done' && outcome) return settleCall(call, outcome)
    fail(new Error('STORAGE_ERROR'))
    return fate
  }

  /** Ends a hanging call. @param outcome  null when the call has had no effect yet */
  #performLate<T>(call: Call<T>, outcome: EffectOutcome<T> | null): string {
    if (call.cause.instance.isAlive) return settleCall(call, outcome ?? tryEffect(call.effect))
    return outcome ? 'crashed' : this.#performOrphan(call.effect)
  }

  #performOrphan(effect: () => unknown): string {
    if (this.#roll() < 0.5) return 'lost in the crash'
    const outcome = tryEffect(effect)
    return `effect after the crash, ${outcome.result}`
  }
}
