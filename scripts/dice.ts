// Chance that can be had again: what fails by chance fails again with its seed.

/** Numbers from 0 to below 1, in the same order for the same seed (mulberry32, public domain): good enough to vary a run by, and only for that. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
