// Bounds the deletions of one run for a discard.
/** The deletions that a run may make. Cloudflare's plan bounds their number. */
export interface DiscardSize {
  /** lists of R2, each followed by one call that deletes up to 1,000 objects */
  lists: number
  /** statements of the database that delete up to DELETED_AT_ONCE reports */
  statements: number
  /** number of stored reports that a run may delete in one UTC day */
  reportsADay: number
}

/**
 * The free plan allows 100,000 written rows a day, and deleting a report takes up to five of them.
 * So half of a day's rows is left for everything else. A run on that plan has 50 statements, and
 * the drain needs most of them.
 */
const DISCARD_SIZES = {
  free: { lists: 1, statements: 1, reportsADay: 10_000 },
  paid: { lists: 5, statements: 10, reportsADay: Infinity },
} as const satisfies Record<string, DiscardSize>

/**
 * Returns the size of a run. An unknown plan counts as free, because the free limits work on every
 * plan.
 */
export const discardSizeOf = (plan: string): DiscardSize =>
  plan === 'paid' ? DISCARD_SIZES.paid : DISCARD_SIZES.free
