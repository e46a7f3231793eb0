// Finds the reports which a discard covers and which contain the name of the discard's author. A
// colleague must not delete reports that may be about themselves. The edge cannot see the words, so
// only this browser can prevent such a discard.
import { KIND } from '#protocol/report/envelope'
import { MAX_KEPT, type DiscardPredicate } from '#protocol/staff/list/discard'
import type { QueueItem } from '#protocol/staff/list/queue'
import { fetchReport } from '../api/case-api.ts'
import { type IndexedCase } from '../search/case-index.ts'
import { hasName } from '../search/find-name.ts'

/**
 * Returns true for a report that the edge would delete. Anything that staff do to a report adds a
 * row.
 */
const covers = (
  { grade, danger, from, to, sealedBy, keep }: DiscardPredicate,
  item: QueueItem,
): boolean =>
  item.status === 'new' &&
  item.rows + item.followUps === 0 &&
  item.kind !== KIND.followUp &&
  item.grade <= grade &&
  (danger || !item.danger) &&
  from <= item.day &&
  item.day <= to &&
  [item.sealedBy, 'both'].includes(sealedBy) &&
  !keep.includes(item.id)

/**
 * Lists the ids of covered reports that contain the name, at most MAX_KEPT. Searches only the
 * reports that this device has read.
 *
 * @throws Refusal with the code of a network failure or of a refusal by the edge
 */
export async function reportsNaming(
  name: string,
  predicate: DiscardPredicate,
  cases: ReadonlyMap<string, IndexedCase>,
): Promise<string[]> {
  const named = [...cases.values()].filter(
    ({ id, folded, rows, followUps }) =>
      rows + followUps === 0 && !predicate.keep.includes(id) && hasName(folded, name),
  )
  const stored = await Promise.all(named.slice(0, MAX_KEPT).map(({ id }) => fetchReport(id)))
  return stored.flatMap(({ item }) => (covers(predicate, item) ? [item.id] : []))
}
