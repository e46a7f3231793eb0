// Determines the sample size of a random or exhaustive test. `npm test` uses a small sample, and
// `npm run soak` uses the full sample. Every run prints its seed.
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    isSoak: boolean
    seed: number
    /** the day for which the slow tests run; see scripts/test/slow-of-day.ts; null for all days */
    day: number | null
  }
}

/** Options for a test that `npm run soak` repeats with the full sample. */
export const SAMPLED = { tags: ['soak'], timeout: 300_000 }

/** Returns the sample size of this run. */
export const sampleOf = (usual: number, whole: number): number => (inject('isSoak') ? whole : usual)

/**
 * Returns the seed of this run and prints it with the name of the test. `OASIS_SEED` repeats a run.
 */
export function seedFor(name: string): number {
  const seed = inject('seed')
  console.log(`${name}: OASIS_SEED=${seed}`)
  return seed
}
