// The words of a report in the order in which they were written: each minute is sealed with the words, so that the server, which
// knows days only, does not learn it.
import { type SealedFile } from '#protocol/report'
import { type ListedFile } from '../files/listed-file.ts'
import { type LoadedReport } from './load-report.ts'

export interface Message {
  key: string
  /** the server's, UTC */
  day: string
  /** the sealed minute; empty when it is not known */
  at: string
  from: 'person' | 'us'
  /** null when it cannot be opened */
  text: string | null
  /** of the person: to be opened */
  files: ListedFile[]
  /** of ours: only named, as we have them */
  sent: (SealedFile | null)[]
}

/** The first message first, whatever its writer's clock said; what has no minute stands at the end of its day. */
export function conversationOf({ item, first, followUps, answers }: LoadedReport): Message[] {
  const added = followUps.map(({ id, day, report }): Message => ({
    key: id,
    day,
    at: report?.at ?? '',
    from: 'person',
    text: report?.text ?? null,
    files: report?.files ?? [],
    sent: [],
  }))
  const ours = answers.map(({ slot, files, ...answer }): Message => ({
    key: `answer-${slot}`,
    from: 'us',
    ...answer,
    files: [],
    sent: files,
  }))
  const { at = '', text = null, files = [] } = first?.report ?? {}
  const later = [...added, ...ours].sort((a, b) => compare(placeOf(a), placeOf(b)))
  return [{ key: 'first', day: item.day, at, from: 'person', text, files, sent: [] }, ...later]
}

const placeOf = ({ day, at }: Message): string => at || `${day}T24:00Z`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
