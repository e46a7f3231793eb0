// Divides a run of the drain among the partitions. Every partition that is not empty gets a share.
// The rest of the run goes first to reports with danger, and then to the higher grades.
import { boundFor, type Bounds } from '#worker/reports/database-bounds'
import {
  gradeIn,
  isFollowUpPartition,
  isUrgent,
  PARTITIONS,
  type Partition,
} from '#worker/store/overflow/partitions'

/** The limits on a run of the clock. Cloudflare's plan limits a run's statements and CPU time. */
export interface RunSize {
  /** number of objects in all partitions together */
  objects: number
  /** number of follow-ups that join a thread; each needs two statements */
  joins: number
}

/** See docs/overflow.md for the statements of a run, and docs/costs.md for its CPU time. */
const RUN_SIZES = {
  free: { objects: 24, joins: 8 },
  paid: { objects: 400, joins: 100 },
} as const satisfies Record<string, RunSize>

/**
 * Returns the size of a run. An unknown plan counts as free, because the free plan's limits work on
 * every plan.
 */
export const runSizeOf = (plan: string): RunSize =>
  plan === 'paid' ? RUN_SIZES.paid : RUN_SIZES.free

/** The minimum share of a run for each partition. */
const LEAST_SHARE = 1 / 16
/** Maximum number of reports of `urgent-0` in a run while the other reports of grade 0 wait. */
const URGENT_UNPROVEN = 2

/** Returns the number of objects that every run guarantees to each partition. */
export const leastShare = ({ objects }: RunSize): number =>
  Math.max(1, Math.floor(objects * LEAST_SHARE))

/**
 * Returns the maximum number of objects from a partition in a run, given the size of the database.
 */
export function mostOf(
  partition: Partition,
  { objects }: RunSize,
  bounds: Bounds,
  databaseBytes: number,
): number {
  const facts = { grade: gradeIn(partition), danger: isUrgent(partition) }
  if (databaseBytes < boundFor(bounds, facts, isFollowUpPartition(partition))) return objects
  return partition === 'urgent-0' && databaseBytes < bounds.reports ? URGENT_UNPROVEN : 0
}

/**
 * Divides a run.
 *
 * @param found  the number of objects that each partition offers
 */
export function sharesOf(
  found: Record<Partition, number>,
  size: RunSize,
): Record<Partition, number> {
  const least = leastShare(size)
  const shares = { ...found }
  for (const partition of PARTITIONS) shares[partition] = Math.min(found[partition], least)
  let left = size.objects - PARTITIONS.reduce((sum, partition) => sum + shares[partition], 0)
  for (const partition of PARTITIONS) {
    const more = Math.max(0, Math.min(left, found[partition] - shares[partition]))
    shares[partition] += more
    left -= more
  }
  return shares
}
