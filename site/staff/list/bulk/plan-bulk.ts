// Decides how an action on many cases affects each case. A case that does not fit the action, or
// has letters that are still unread, is never skipped silently. A case with a person in danger can
// be closed only on its page, which asks how the danger ended.
import { type CaseAssign, type StatusChange } from '#protocol/staff/case-log/changes'
import type { QueueItem } from '#protocol/staff/list/queue'
import { type Status } from '#protocol/staff/fields'
import { asksDanger, type ChosenReason } from '../../case/write/close-case.ts'
import { unreadOf } from '../unread.ts'

/** A signed action on many cases. */
export type ListAct =
  | { is: 'status'; to: Exclude<Status, 'closed'> }
  /** the reasons that require no explanation */
  | { is: 'close'; reason: Exclude<ChosenReason, 'other'> }
  /** to a colleague with the intake role, who does not need copies of the keys */
  | { is: 'assign'; to: string | null }

/** The change to one case. */
export type PlannedChange =
  | { action: 'status.set'; change: StatusChange }
  | { action: 'case.assign'; change: CaseAssign }

/** The effect of an action on a case: a change, or the reason why it is left unchanged. */
export type Plan = { change: PlannedChange } | { left: 'already' | 'unread' | 'danger' }

export function planFor(item: QueueItem, act: ListAct): Plan {
  if (act.is === 'assign') {
    const { assignee: from } = item
    if (from === act.to) return { left: 'already' }
    const { followUps, absorbed } = item
    // A colleague who takes a case without reading its letters has not acted on them.
    const read = unreadOf(item) === 'letters' ? {} : { followUps, absorbed }
    return {
      change: { action: 'case.assign', change: { from, to: act.to, isGranted: false, ...read } },
    }
  }
  const to = act.is === 'close' ? 'closed' : act.to
  const { status: from, followUps, absorbed } = item
  if (from === to) return { left: 'already' }
  // A status change contains the number of letters that its author has read.
  if (unreadOf(item) === 'letters') return { left: 'unread' }
  if (act.is === 'close' && asksDanger(item, act.reason)) return { left: 'danger' }
  const reason = act.is === 'close' ? { reason: act.reason } : {}
  return { change: { action: 'status.set', change: { from, to, followUps, absorbed, ...reason } } }
}

/**
 * Returns the line as it will be after the change.
 *
 * @param by  id of the person who made it
 * @param day  UTC day
 */
export function afterChange(
  item: QueueItem,
  planned: PlannedChange,
  { by, day }: { by: string; day: string },
): QueueItem {
  const rows = item.rows + 1
  const seen = item.seen && { ...item.seen, rows: Math.max(item.seen.rows, rows) }
  const touched = { ...item, rows, seen, touchedDay: day }
  const { change } = planned
  const hasRead = (change.followUps ?? -1) >= item.followUps
  if (planned.action === 'case.assign') {
    const { to } = planned.change
    const givenBy = to === null || to === by ? null : by
    const acted = item.acted || (to === by && hasRead)
    // A case that is given to another colleague waits for us.
    const waitsSince = givenBy === null || item.waitsFor === 'us' ? item.waitsSince : day
    const waitsFor = givenBy === null ? item.waitsFor : 'us'
    return { ...touched, assignee: to, givenBy, acted, waitsFor, waitsSince }
  }
  const { to, reason = null } = planned.change
  return {
    ...{ ...touched, status: to, closeReason: reason },
    acted: item.acted || (to === 'in_progress' && hasRead),
    givenBy: item.assignee === by ? null : item.givenBy,
  }
}
