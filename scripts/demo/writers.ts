// Holds the keys with which the colleagues of the demo write into cases. Threads can receive them.
import type { Colleague } from '#scripts/demo/make-staff'

export interface WriterKeys {
  personId: string
  sign: CryptoKey
  /** by generation; empty for a colleague who cannot open reports */
  team: ReadonlyMap<number, CryptoKey>
}

export const writersFrom = (staff: readonly Colleague[]): WriterKeys[] =>
  staff.map(({ keys: { personId, sign, team } }) => ({ personId, sign, team }))

export class Writers {
  readonly #writers: readonly WriterKeys[]

  constructor(writers: readonly WriterKeys[]) {
    this.#writers = writers
  }

  /** @param by  place of the colleague in the staff */
  of(by: number): WriterKeys {
    const writer = this.#writers[by]
    if (!writer) throw new Error(`the staff of the demo has no colleague ${by}`)
    return writer
  }
}
