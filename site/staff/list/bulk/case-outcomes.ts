// Summarises an action on many cases: the number of finished cases, the unchanged cases, and the
// changed lines.
import { type ErrorCode } from '#protocol/errors'
import { type QueueItem } from '#protocol/staff/list/queue'
import { dayOf } from '#protocol/time'
import { noteKnownRows } from '../../api/own-rows.ts'
import { unreadOf } from '../unread.ts'
import { afterChange, type PlannedChange } from './plan-bulk.ts'
import { type CaseOutcome } from './send-bulk.ts'

/** A case that was not changed, and the reason for that. */
export interface LeftCase {
  id: string
  why: ErrorCode | 'already' | 'unread' | 'danger'
}

export interface BulkResult {
  done: number
  left: readonly LeftCase[]
  /** the reason why the action stopped early; null when it finished */
  why: unknown
  /** undoes the action; null for an action that cannot be undone here */
  undo: (() => void) | null
}

/** Lists the cases whose change succeeded. */
export const doneIn = (outcomes: readonly CaseOutcome[]): string[] =>
  outcomes.flatMap(({ id, code }) => (code === null ? [id] : []))

export const withOutcomes = (
  { done, left, ...result }: BulkResult,
  outcomes: readonly CaseOutcome[],
): BulkResult => ({
  ...result,
  done: done + doneIn(outcomes).length,
  left: [...left, ...outcomes.flatMap(({ id, code }) => (code ? [{ id, why: code }] : []))],
})

interface Changed {
  item: QueueItem
  planned: PlannedChange
}

/**
 * Returns the lines that changed. If a line had no news before the person's own action, it has none
 * afterwards either.
 *
 * @param by  id of the person who acted
 */
export function changedLines(
  changes: readonly Changed[],
  outcomes: readonly CaseOutcome[],
  by: string,
): QueueItem[] {
  const done = new Set(doneIn(outcomes))
  return changes.flatMap(({ item, planned }) => {
    if (!done.has(item.id)) return []
    const after = afterChange(item, planned, { by, day: dayOf(Date.now()) })
    if (unreadOf(item) === null && item.seen) noteKnownRows(item.id, after.rows)
    return [after]
  })
}
