// Tells what of a case is new to the reader of the list.
import { type QueueItem } from '#protocol/staff/cases'
import { knownRows } from '../api/own-rows.ts'

/** What is new: letters of the person, or only changes by colleagues; null for nothing. */
export type Unread = 'letters' | 'changes' | null

/** A closed case that the reader never opened is not new to them, because a colleague did the work. */
export function unreadOf({ id, status, followUps, rows, seen }: QueueItem): Unread {
  if (seen === null) return status === 'closed' ? null : 'letters'
  if (followUps > seen.followUps) return 'letters'
  return rows > Math.max(seen.rows, knownRows(id)) ? 'changes' : null
}

/** Returns the line as it is after the reader has seen all of the case. */
export const asSeen = (item: QueueItem): QueueItem => ({
  ...item,
  seen: { followUps: item.followUps, rows: item.rows },
})
