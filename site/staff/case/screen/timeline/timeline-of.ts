// Sorts all events of a case into one sequence: letters, replies, entries, and signed changes. A
// row of the log contains only a day. So rows are ordered by their numbers, and a row takes the
// minute of the previous entry.
import { LettersTake, ReplyChange } from '#protocol/staff/case-log/changes'
import { answerKey, conversationOf, type Message } from '../../read/conversation.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { type LoadedThread } from '../../read/open-thread.ts'
import { readCaseRows, type ReadCaseRow } from '../../read/read-case-rows.ts'
import { happeningOfRow } from './happening-of-row.ts'
import { kindOfEntry, type TimelineEvent } from './timeline-event.ts'

interface Placed extends TimelineEvent {
  /** the minute by which events are sorted */
  place: string
}

/**
 * Lists what happened in the case and in absorbed cases, oldest first. Omits rows about keys, and
 * rows that a device added when it took letters.
 */
export function timelineOf(loaded: LoadedReport): TimelineEvent[] {
  const replies = new Map<string, Message>()
  const letters: Placed[] = []
  for (const message of conversationOf(loaded)) {
    if (message.from === 'us') replies.set(message.key, message)
    else letters.push(letterEvent(message))
  }
  const minutes = new Map(letters.map(({ key, at }) => [key, at]))
  const ours = threadsOf(loaded).flatMap((thread) => rowEvents(thread, { replies, minutes }))
  // Shows a reply even if no row records it.
  const unsigned = [...replies.values()].map((message): Placed => ({
    ...letterEvent(message),
    actor: '',
    what: { is: 'reply', message },
  }))
  return [...letters, ...unsigned, ...ours].sort((a, b) => compare(a.place, b.place))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const letterEvent = (message: Message): Placed => ({
  key: message.key,
  kind: 'letters',
  day: message.day,
  at: message.at,
  place: message.at || `${message.day}T24:00Z`,
  actor: null,
  what: { is: 'letter', message },
})

interface KnownMessages {
  replies: Map<string, Message>
  /** the sealed minutes of letters, keyed by their ids */
  minutes: ReadonlyMap<string, string>
}

/** Removes from `replies` each reply that a row records. */
function rowEvents(
  { id, sealed, entries, records }: LoadedThread,
  { replies, minutes }: KnownMessages,
): Placed[] {
  const rows = readCaseRows(sealed.log)
  const byRow = new Map(entries.map((each) => [each.n, each]))
  let place = ''
  return rows.flatMap((row): Placed[] => {
    const entry = byRow.get(row.n)
    const change = ReplyChange.safeParse(row.change)
    const isReply = row.action === 'answer.send' && change.success
    const key = isReply ? answerKey(change.data.report ?? id, change.data.index) : ''
    const reply = replies.get(key)
    replies.delete(key)
    const at = entry?.entry?.at ?? reply?.at ?? ''
    const known = at || takenAt(row, minutes)
    const begin = place > `${row.at}T00:00Z` ? place : `${row.at}T00:00Z`
    // A minute from an author's wrong clock does not affect the order of later rows.
    place = known.startsWith(row.at) && known > begin ? known : begin
    const event = entry
      ? { kind: kindOfEntry(entry.entry), what: { is: 'entry', entry: entry.entry } as const }
      : reply
        ? { kind: 'letters' as const, what: { is: 'reply', message: reply } as const }
        : happeningOfRow(row, records)
    if (!event) return []
    const shown = entry?.key ?? (reply ? key : `row-${id}-${row.n}`)
    return [{ key: shown, ...event, day: row.at, at, place, actor: row.actor }]
  })
}

/** Returns the newest minute of the letters that a row takes; '' if there is none. */
function takenAt({ action, change }: ReadCaseRow, minutes: ReadonlyMap<string, string>): string {
  const taken = action === 'letters.take' ? LettersTake.safeParse(change).data : undefined
  return (taken?.letters ?? []).map(({ id }) => minutes.get(id) ?? '').reduce(later, '')
}

const later = (a: string, b: string): string => (a > b ? a : b)
