// Defines the lines of the list that this device has loaded, and functions that return a changed
// copy of them. No function changes its arguments.
import type { Arrivals, LinesPage, Queue, QueueItem } from '#protocol/staff/list/queue'
import type { Counts } from '#protocol/staff/list/counts'
import { type Status } from '#protocol/staff/fields'

export interface Lines {
  byId: ReadonlyMap<string, QueueItem>
  /** reports and follow-ups covered by the lines, used to count new ones */
  arrivals: Arrivals
  /** UTC day of the last load, from which the next load fetches changes */
  day: string
  /** true during a flood, according to the last load */
  isFlood: boolean
  /** increases when the person asks for the news, after which the order may change */
  stamp: number
  /** the cursor for the remaining lines; null when every line has been loaded */
  next: string | null
}

/**
 * Begins with the first page.
 *
 * @param former  the previous lines, from whose stamp the count continues
 */
export const firstLines = (
  { items, arrivals, isFlood, next }: Queue,
  day: string,
  former: Lines | null,
): Lines => ({
  byId: mapOf(items),
  arrivals,
  isFlood,
  day,
  stamp: (former?.stamp ?? 0) + 1,
  next,
})

const mapOf = (items: readonly QueueItem[]): Map<string, QueueItem> =>
  new Map(items.map((item) => [item.id, item]))

/** Adds a later page. A line that is already here is newer than the page. */
export const withPage = (lines: Lines, { items, next }: Queue): Lines => ({
  ...lines,
  byId: new Map([...mapOf(items), ...lines.byId]),
  next,
})

/** Adds the changes since the last load, and removes merged cases. */
export function withChanges(
  lines: Lines,
  changed: readonly Pick<LinesPage, 'items' | 'merged'>[],
  { arrivals, isFlood, day }: Pick<Lines, 'arrivals' | 'isFlood' | 'day'>,
): Lines {
  const byId = new Map(lines.byId)
  for (const { items, merged } of changed) {
    for (const item of items) byId.set(item.id, item)
    for (const id of merged) byId.delete(id)
  }
  return { ...lines, byId, arrivals, isFlood, day, stamp: lines.stamp + 1 }
}

/**
 * Replaces lines without changing their order. Follow-ups that were read in a case do not count as
 * news for the list.
 */
export function withLines(lines: Lines, items: readonly QueueItem[]): Lines {
  const byId = new Map(lines.byId)
  let read = 0
  for (const item of items) {
    const former = byId.get(item.id)
    if (!former) continue
    read += Math.max(0, item.followUps - former.followUps)
    byId.set(item.id, item)
  }
  const { arrivals } = lines
  return { ...lines, byId, arrivals: { ...arrivals, followUps: arrivals.followUps + read } }
}

/** Returns true when every case has a line. The counts omit merged cases, as the lines do. */
export const hasEach = ({ byId }: Pick<Lines, 'byId'>, counts: Pick<Counts, Status>): boolean =>
  byId.size === counts.new + counts.in_progress + counts.closed
