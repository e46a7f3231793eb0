// Determines which parts of a case are new to the user of the list.
import type { QueueItem } from '#protocol/staff/list/queue'
import { knownRows } from '../api/own-rows.ts'

/** The news: letters from the person, or only changes by colleagues; null if there is none. */
export type Unread = 'letters' | 'changes' | null

/**
 * Returns the kind of news on a line; null if there is none. A closed case that the user has never
 * opened is not news, because a colleague did the work.
 */
export function unreadOf({ id, status, followUps, rows, seen }: QueueItem): Unread {
  if (seen === null) return status === 'closed' ? null : 'letters'
  if (followUps > seen.followUps) return 'letters'
  return rows > Math.max(seen.rows, knownRows(id)) ? 'changes' : null
}

/** Returns the line as it will be after the user has seen the entire case. */
export const asSeen = (item: QueueItem): QueueItem => ({
  ...item,
  seen: { followUps: item.followUps, rows: item.rows },
})
