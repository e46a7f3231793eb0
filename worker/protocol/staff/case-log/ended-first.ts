// Orders a case and the cases that it absorbed along the chain of merges.

/** A case, with the case into which its own log was merged; null for a case that goes on. */
export interface MergedCase {
  id: string
  mergedInto: string | null
}

/**
 * Returns each case after all cases that were merged into it, also through other cases. A log names
 * the referrals of an absorbed case only after the merge, when the absorbed log has ended. So in
 * this order each act follows the acts that its author has seen.
 */
export function endedFirst<Case extends MergedCase>(cases: readonly Case[]): Case[] {
  const absorbed = Map.groupBy(cases, ({ mergedInto }) => mergedInto)
  const placed = new Set<Case>()
  const ordered: Case[] = []
  const place = (each: Case): void => {
    // A circle, which only a lying server can show, ends here.
    if (placed.has(each)) return
    placed.add(each)
    absorbed.get(each.id)?.forEach(place)
    ordered.push(each)
  }
  cases.forEach(place)
  return ordered
}
