// Determines the order of the storage calls of concurrent requests. The seed alone determines the
// order, so that a schedule can be repeated.
import type { StoreCall } from '#scripts/home/database'
import type { Draw } from '#test/protocol/support/mutate-rows.ts'

/** Each call waits for fewer turns of the event loop than this. */
const MOST_TURNS = 4

const nextTurn = (): Promise<void> => new Promise((done) => void setImmediate(done))

export class Turns {
  #draw: Draw | null = null

  /** Makes a store call wait while several tasks run concurrently. */
  readonly take: StoreCall = async (_name, effect) => {
    for (let left = this.#draw?.(MOST_TURNS) ?? 0; left > 0; left--) await nextTurn()
    return effect()
  }

  /** Runs several tasks at the same time. */
  async together(draw: Draw, works: readonly (() => Promise<unknown>)[]): Promise<void> {
    this.#draw = draw
    try {
      await Promise.all(works.map((work) => work()))
    } finally {
      this.#draw = null
    }
  }
}
