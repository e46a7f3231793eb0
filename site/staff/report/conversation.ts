// Puts the messages of a report in the order of their writing. Each minute is sealed with the
// words, so that the server, which knows days only, does not learn it.
import { type SealedFile } from '#protocol/report/plain-report'
import { type CaseChecks } from '../case/check-case.ts'
import { type ListedFile } from '../crypto/listed-file.ts'
import { enteredBy } from '../operator/entered-by.ts'
import { type LoadedReport } from './load-report.ts'

/** Returns the key of our reply at an index. */
export const answerKey = (slot: number): string => `answer-${slot}`

/**
 * A mark beside a message: its origin is not proven, follow-ups are missing before it, or
 * colleagues signed other bytes.
 */
export type Doubt = 'unproven' | 'missing' | 'differs'

export interface Message {
  key: string
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

/**
 * Puts the first message first, even when the clock of its writer is wrong. A message without a
 * minute comes at the end of its day.
 *
 * @param checks  null or absent while the log of the case is not checked
 */
export function conversationOf(
  { sealed, item, first, isOwner, followUps, answers }: LoadedReport,
  checks?: Pick<CaseChecks, 'letters' | 'answers' | 'authors'> | null,
): Message[] {
  const differs = (id: string): Doubt[] => (checks?.letters.has(id) ? ['differs'] : [])
  const added = followUps.map(({ id, day, report, isProven, missingBefore }): Message => ({
    key: id,
    day,
    at: report?.at ?? '',
    from: 'person',
    by: null,
    text: report?.text ?? null,
    doubts: [...(report ? doubtsOf(isProven, missingBefore) : []), ...differs(id)],
    files: report?.files ?? [],
    sent: [],
  }))
  const ours = answers.map(({ slot, files, ...answer }): Message => ({
    key: answerKey(slot),
    from: 'us',
    by: checks?.authors.get(slot) ?? null,
    ...answer,
    doubts: checks?.answers.has(slot) ? ['differs'] : [],
    files: [],
    sent: files,
  }))
  const { at = '', text = null, files = [] } = first?.report ?? {}
  const later = [...added, ...ours].sort((a, b) => compare(placeOf(a), placeOf(b)))
  const unproven: Doubt[] = first && !isOwner ? ['unproven'] : []
  const begin: Message = {
    key: 'first',
    day: item.day,
    at,
    from: 'person',
    by: enteredBy(sealed, first),
    text,
    doubts: [...unproven, ...differs(item.id)],
    files,
    sent: [],
  }
  return [begin, ...later]
}

const doubtsOf = (isProven: boolean, missingBefore: number): Doubt[] => [
  ...(isProven ? [] : (['unproven'] as const)),
  ...(missingBefore > 0 ? (['missing'] as const) : []),
]

const placeOf = ({ day, at }: Message): string => at || `${day}T24:00Z`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
