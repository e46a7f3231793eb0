// Plans the follow-up after a case is closed: when colleagues ask how the person is, and by what
// means.
import { localDayOf } from '#content/clock.ts'
import { type SafeContact } from '#protocol/report/plain-report'
import type { CloseReason } from '#protocol/staff/fields'
import { minuteOf } from '#protocol/time'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { threadsOf } from '../read/in-thread.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { writerOf } from '../read/wish-rules.ts'
import { wishesOf } from '../read/wishes-of.ts'

/**
 * The numbers of months after which colleagues ask how the person is, counted from when a case is
 * closed.
 */
export const FOLLOW_UP_MONTHS = [1, 3, 6, 12] as const

/** The reasons that leave nobody to ask: spam, a test, or a person who cannot be reached. */
const WITHOUT_FOLLOW_UP: readonly CloseReason[] = ['spam', 'test', 'no_contact']

/** Returns true when the form for closing a case must ask about a follow-up. */
export const asksFollowUp = (reason: CloseReason | null): boolean =>
  reason !== null && !WITHOUT_FOLLOW_UP.includes(reason)

/** Returns the same day in a later month, or the last day of a shorter month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10)
}

/**
 * @param text  the words of the task, including any ways to reach the person, in the colleague's
 * language
 */
export function followUpTask(
  months: number,
  text: string,
  assignee: string,
  nowMs: number,
): EntryOf<'task'> {
  return {
    ...{ v: 1, kind: 'task', at: minuteOf(nowMs), text, assignee },
    dueDay: monthsAfter(localDayOf(nowMs), months),
    followUp: { months },
  }
}

/**
 * Returns the safe contact of the person whom the case is about. Returns null when a case with
 * several writers does not state whom the case is about. Contacting one writer in the way that is
 * safe for them can endanger another.
 */
export function contactToAsk(loaded: LoadedReport): SafeContact | null {
  const threads = threadsOf(loaded)
  const { about } = wishesOf(loaded)
  const thread =
    threads.length === 1 ? threads[0] : threads.find(({ id }) => about.includes(writerOf(id)))
  return thread?.first?.report.contact ?? null
}
