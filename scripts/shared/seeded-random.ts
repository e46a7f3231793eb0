// Makes seeded random numbers and choices, so that a failure in a random run can be reproduced from
// its seed.
import type { Bytes } from '#protocol/bytes'

/**
 * Returns numbers from 0 up to 1, in the same order for the same seed (mulberry32, public domain).
 * The numbers are good enough to vary a run, but not for any other purpose.
 */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Chance {
  /** returns a whole number from 0 up to, but not including, `end` */
  below: (end: number) => number
  bytes: (length: number) => Bytes
  one: <T>(from: readonly T[]) => T
}

/** Makes random choices. The same seed always produces the same choices. */
export function chanceFrom(seed: number): Chance {
  const roll = seededRandom(seed)
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

export const happens = (chance: Chance, percent: number): boolean => chance.below(100) < percent

/**
 * Chooses at most `count` different items from a list, and returns them in the order of the list.
 */
export function chooseSome<T>(chance: Chance, from: readonly T[], count: number): T[] {
  const left = [...from.keys()]
  const chosen = new Set<number>()
  while (chosen.size < count && left.length > 0)
    for (const at of left.splice(chance.below(left.length), 1)) chosen.add(at)
  return from.filter((_, at) => chosen.has(at))
}
