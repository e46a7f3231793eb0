// Orders a case and the cases that it absorbed along the chain of merges.

/**
 * A case, with the case into which it was merged according to its log; null if it was not merged.
 */
export interface MergedCase {
  id: string
  mergedInto: string | null
}

/**
 * Sorts the cases so that each case follows all cases that were merged into it, directly or through
 * other cases. A log refers to the referrals of an absorbed case only after that case has ended. In
 * this order, each act therefore follows every act that its author had seen.
 */
export function endedFirst<Case extends MergedCase>(cases: readonly Case[]): Case[] {
  const placed = new Set<Case>()
  const ordered: Case[] = []
  const place = (each: Case): void => {
    // The search stops at a cycle, which only a lying server can cause.
    if (placed.has(each)) return
    placed.add(each)
    cases.filter(({ mergedInto }) => mergedInto === each.id).forEach(place)
    ordered.push(each)
  }
  cases.forEach(place)
  return ordered
}
