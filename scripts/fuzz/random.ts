// Chance that can be had again: the same seed makes the same requests.
import type { Bytes } from '#protocol/bytes'

export interface Chance {
  /** from 0 to below `end` */
  below: (end: number) => number
  bytes: (length: number) => Bytes
  one: <T>(from: readonly T[]) => T
}

/** Mulberry32, public domain: good enough to choose requests by, and only for that. */
export function chanceFrom(seed: number): Chance {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number): number => Math.floor(next() * end)
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
