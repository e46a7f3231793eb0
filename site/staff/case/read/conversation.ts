// Sorts a case's messages by the minute of writing, and its threads by the first letter in each.
// The minute is sealed with the words, so the server learns only the day.
import { type SealedFile } from '#protocol/report/plain-report'
import { answerName } from '#protocol/staff/case-log/state'
import { type ListedFile } from '../../crypto/listed-file.ts'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { type CaseChecks } from './check-case.ts'
import { enteredBy } from './entered-by.ts'
import type { LoadedThread } from './open-thread.ts'

/** Returns the key of the reply at an index in a thread. */
export const answerKey = (thread: string, index: number): string => `answer-${thread}-${index}`

/**
 * A doubt about a message: an unproven origin, follow-ups missing before it, or bytes that no
 * colleague signed.
 */
export type Doubt = 'unproven' | 'missing' | 'differs'

export interface Message {
  /** id of the letter, or answerKey */
  key: string
  /** the position of the thread in the case, from 1: see inOrder */
  thread: number
  /** id of the report that began the thread */
  threadId: string
  /** true for the letter that began the thread */
  isFirst: boolean
  /** the day that the server stored, UTC */
  day: string
  /** the sealed minute; empty when it is not known */
  at: string
  from: 'person' | 'us'
  /** id of the colleague who signed the reply or wrote the letter down; null when unknown */
  by: string | null
  /** null when the message does not open */
  text: string | null
  /** the person's letter; null for a reply and for a letter that does not open */
  report: ReadReport | null
  /** the doubts about the message's origin */
  doubts: Doubt[]
  /** files from the person, which staff can open */
  files: ListedFile[]
  /** files from the staff, which are only listed by name */
  sent: (SealedFile | null)[]
}

/** A case with its threads, or one thread. */
type Threads = LoadedThread & { others?: readonly LoadedThread[] }

/**
 * Lists the messages by the minute in which they were written. A message without a known minute
 * comes last on its day. A minute later than the stored day is ignored. The first letter of a
 * thread comes before its other messages, even when its writer's clock was wrong.
 *
 * @param checks  null or absent until the case log is checked
 */
export const conversationOf = (
  { others = [], ...own }: Threads,
  checks?: Pick<CaseChecks, 'letters' | 'answers' | 'authors'> | null,
): Message[] =>
  inOrder([own, ...others])
    .flatMap((thread, at) => placed(messagesOf(thread, at + 1, checks)))
    .sort(byPlace)
    .map(({ message }) => message)

/** Sorts the threads of a case by the time of their first letters. */
export const inOrder = (threads: readonly LoadedThread[]): LoadedThread[] =>
  threads
    .map((thread) => ({ thread, place: placed(messagesOf(thread, 0))[0]?.place ?? '' }))
    .sort(byPlace)
    .map(({ thread }) => thread)

interface Placed {
  place: string
}

/** @param messages  the messages of one thread, beginning with its first letter */
function placed(messages: readonly Message[]): (Placed & { message: Message })[] {
  const first = messages.map(placeOf).reduce((a, b) => (b < a ? b : a))
  return messages.map((message) => ({
    message,
    place: message.isFirst ? first : placeOf(message),
  }))
}

const byPlace = (a: Placed, b: Placed): number => compare(a.place, b.place)

/** Returns the messages of one thread, beginning with its first letter. */
function messagesOf(
  { id, day, sealed, first, isOwner, followUps, answers }: LoadedThread,
  thread: number,
  checks?: Pick<CaseChecks, 'letters' | 'answers' | 'authors'> | null,
): Message[] {
  const differs = (letter: string): Doubt[] => (checks?.letters.has(letter) ? ['differs'] : [])
  const added = followUps.map((each): Message => ({
    ...{ key: each.id, thread, threadId: id, isFirst: false, day: each.day },
    at: each.report?.at ?? '',
    from: 'person',
    by: null,
    text: each.report?.text ?? null,
    report: each.report,
    doubts: [
      ...(each.report ? doubtsOf(each.isProven, each.missingBefore) : []),
      ...differs(each.id),
    ],
    files: each.report?.files ?? [],
    sent: [],
  }))
  const ours = answers.map(({ index, files, ...answer }): Message => ({
    ...{ key: answerKey(id, index), thread, threadId: id, isFirst: false, report: null },
    from: 'us',
    by: checks?.authors.get(answerName(id, index)) ?? null,
    ...answer,
    doubts: checks?.answers.has(answerName(id, index)) ? ['differs'] : [],
    files: [],
    sent: files,
  }))
  const { at = '', text = null, files = [] } = first?.report ?? {}
  const unproven: Doubt[] = first && !isOwner ? ['unproven'] : []
  const begin: Message = {
    ...{ key: id, thread, threadId: id, isFirst: true, day, at },
    from: 'person',
    by: enteredBy(sealed, first),
    text,
    report: first?.report ?? null,
    doubts: [...unproven, ...differs(id)],
    files,
    sent: [],
  }
  return [begin, ...added, ...ours]
}

const doubtsOf = (isProven: boolean, missingBefore: number): Doubt[] => [
  ...(isProven ? [] : (['unproven'] as const)),
  ...(missingBefore > 0 ? (['missing'] as const) : []),
]

function placeOf({ day, at }: Message): string {
  const end = `${day}T24:00Z`
  return at !== '' && at < end ? at : end
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
