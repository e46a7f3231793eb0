// Counts the lines of many views in one pass.
import type { QueueItem } from '#protocol/staff/list/queue'
import { lineTest, needsWords, type FilterContext, type ListFilter } from './list-filter.ts'

/**
 * Returns the number of lines that each filter shows. A filter on words yields null until this
 * device has read every case, because its count would be too low.
 */
export function countLines(
  byId: ReadonlyMap<string, QueueItem>,
  filters: readonly ListFilter[],
  context: FilterContext,
): (number | null)[] {
  const tests = filters.map((filter) => lineTest(filter, context))
  const counts = filters.map(() => 0)
  let isRead = true
  for (const item of byId.values()) {
    isRead &&= context.cases.has(item.id)
    for (const [at, test] of tests.entries()) if (test(item)) counts[at] = (counts[at] ?? 0) + 1
  }
  return filters.map((filter, at) => (isRead || !needsWords(filter) ? (counts[at] ?? 0) : null))
}
