// Defines the events in the history of a case, with their days and authors. The screen filters them
// by kind.
import { type CloseReason, type Status } from '#protocol/staff/fields'
import { type Entry } from '../../../crypto/case-entry.ts'
import { type Message } from '../../read/conversation.ts'

export const TIMELINE_KINDS = [
  ...(['letters', 'notes', 'tasks', 'help', 'people', 'links', 'status'] as const),
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** Something that a colleague or the writer of a letter did. */
export type Happening =
  | { is: 'letter' | 'reply'; message: Message }
  | { is: 'entry'; entry: Entry | null }
  | { is: 'status'; to: Status; reason: CloseReason | null }
  | { is: 'summary' }
  | { is: 'added' | 'changed' | 'removed'; name: string }
  | { is: 'assign'; to: string | null }
  | { is: 'merge' | 'absorb'; caseId: string }
  | { is: 'enter' | 'return' }

export interface TimelineEvent {
  key: string
  kind: TimelineKind
  /** UTC day */
  day: string
  /** the sealed minute; empty when only the day is known */
  at: string
  /** id of the colleague; null for the person who wrote to us */
  actor: string | null
  what: Happening
}

/** An entry that cannot be opened counts as a note. */
export function kindOfEntry(entry: Entry | null): TimelineKind {
  switch (entry?.kind) {
    case 'task':
    case 'task_end':
      return 'tasks'
    case 'help':
    case 'help_end':
    case 'referral':
    case 'referral_second':
    case 'referral_mark':
      return 'help'
    case 'link':
    case 'link_end':
      return 'links'
    case 'danger':
    case 'give':
      return 'status'
    case 'wish':
    case 'about':
      return 'people'
    default:
      return 'notes'
  }
}
