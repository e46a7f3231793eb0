// Limits the number of deletions that one run makes for a discard.
/** The number of deletions that a run may make, which depends on Cloudflare's plan. */
export interface DiscardSize {
  /** number of R2 list calls, each followed by one call that deletes up to 1,000 objects */
  lists: number
  /** number of database statements, each of which deletes up to DELETED_AT_ONCE reports */
  statements: number
  /** number of stored reports that all runs together may delete in one UTC day */
  reportsADay: number
}

/**
 * The free plan allows 100,000 written rows a day, and deleting a report uses up to five of them.
 * `reportsADay` therefore leaves half of a day's rows for everything else. A run on that plan has
 * 50 statements, and the drain needs most of them.
 */
const DISCARD_SIZES = {
  free: { lists: 1, statements: 1, reportsADay: 10_000 },
  paid: { lists: 5, statements: 10, reportsADay: Infinity },
} as const satisfies Record<string, DiscardSize>

/**
 * Returns the size of a run. An unknown plan counts as free, because the free plan's limits work on
 * every plan.
 */
export const discardSizeOf = (plan: string): DiscardSize =>
  plan === 'paid' ? DISCARD_SIZES.paid : DISCARD_SIZES.free
