// Puts the messages of a case in the order of their writing, also when they come from several
// threads. Each minute is sealed with the words, so that the server, which knows days only, does
// not learn it.
import { type SealedFile } from '#protocol/report/plain-report'
import { type CaseChecks } from '../case/check-case.ts'
import { type ListedFile } from '../crypto/listed-file.ts'
import { answerName } from '#protocol/staff/case-log-state'
import type { LoadedThread } from './open-thread.ts'
import { enteredBy } from '../operator/entered-by.ts'

/** Returns the key of our reply at an index of a thread. */
export const answerKey = (thread: string, slot: number): string => `answer-${thread}-${slot}`

/**
 * A mark beside a message: its origin is not proven, follow-ups are missing before it, or
 * colleagues signed other bytes.
 */
export type Doubt = 'unproven' | 'missing' | 'differs'

export interface Message {
  /** id of the letter, or answerKey */
  key: string
  /** the place of the thread in the case, from 1 */
  thread: number
  /** true for the letter that began the thread */
  isFirst: boolean
  /** the day that the server stored, UTC */
  day: string
  /** the sealed minute; empty when it is not known */
  at: string
  from: 'person' | 'us'
  /** id of the colleague who signed our reply, or who wrote the letter down; null when unknown */
  by: string | null
  /** null when the message cannot be opened */
  text: string | null
  /** the doubts about the origin of a message */
  doubts: Doubt[]
  /** files of the person, which staff can open */
  files: ListedFile[]
  /** files of the staff, which are only named */
  sent: (SealedFile | null)[]
}

/** A case with its threads, or one thread. */
type Threads = LoadedThread & { others?: readonly LoadedThread[] }

/**
 * Puts the first message first, even when the clock of its writer is wrong. A message without a
 * minute comes at the end of its day.
 *
 * @param checks  null or absent while the log of the case is not checked
 */
export function conversationOf(
  { others = [], ...own }: Threads,
  checks?: Pick<CaseChecks, 'letters' | 'answers' | 'authors'> | null,
): Message[] {
  const [begin, ...later] = [own, ...others].flatMap((thread, at) =>
    messagesOf(thread, at + 1, checks),
  )
  if (!begin) return []
  return [begin, ...later.sort((a, b) => compare(placeOf(a), placeOf(b)))]
}

/** Returns the messages of one thread, its first letter first. */
function messagesOf(
  { id, day, sealed, first, isOwner, followUps, answers }: LoadedThread,
  thread: number,
  checks?: Pick<CaseChecks, 'letters' | 'answers' | 'authors'> | null,
): Message[] {
  const differs = (letter: string): Doubt[] => (checks?.letters.has(letter) ? ['differs'] : [])
  const added = followUps.map((each): Message => ({
    ...{ key: each.id, thread, isFirst: false, day: each.day },
    at: each.report?.at ?? '',
    from: 'person',
    by: null,
    text: each.report?.text ?? null,
    doubts: [
      ...(each.report ? doubtsOf(each.isProven, each.missingBefore) : []),
      ...differs(each.id),
    ],
    files: each.report?.files ?? [],
    sent: [],
  }))
  const ours = answers.map(({ slot, files, ...answer }): Message => ({
    ...{ key: answerKey(id, slot), thread, isFirst: false },
    from: 'us',
    by: checks?.authors.get(answerName(id, slot)) ?? null,
    ...answer,
    doubts: checks?.answers.has(answerName(id, slot)) ? ['differs'] : [],
    files: [],
    sent: files,
  }))
  const { at = '', text = null, files = [] } = first?.report ?? {}
  const unproven: Doubt[] = first && !isOwner ? ['unproven'] : []
  const begin: Message = {
    ...{ key: id, thread, isFirst: true, day, at },
    from: 'person',
    by: enteredBy(sealed, first),
    text,
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

const placeOf = ({ day, at }: Message): string => at || `${day}T24:00Z`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
