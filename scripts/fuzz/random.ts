// What malformed requests are chosen by: the same seed makes the same requests.
import type { Bytes } from '#protocol/bytes'
import { dice } from '#scripts/dice'

export interface Chance {
  /** from 0 to below `end` */
  below: (end: number) => number
  bytes: (length: number) => Bytes
  one: <T>(from: readonly T[]) => T
}

export function chanceFrom(seed: number): Chance {
  const roll = dice(seed)
  const below = (end: number): number => Math.floor(roll() * end)
  return {
    below,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    one: (from) => {
      const chosen = from[below(from.length)]
      if (chosen === undefined) throw new Error('nothing to choose from')
      return chosen
    },
  }
}
