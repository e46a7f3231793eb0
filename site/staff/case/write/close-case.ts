// Closes a case. The words and the follow-up are stored first, so that no case is closed without
// them.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import type { CloseReason } from '#protocol/staff/fields'
import { minuteOf } from '#protocol/time'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { noteOf } from './note-of.ts'
import { sendStatus } from './send-status.ts'
import { writeIn } from './write-in.ts'

/** A merge closes a case with a different row. */
export type ChosenReason = Exclude<CloseReason, 'merged'>

export interface Closing {
  reason: ChosenReason
  /**
   * words about the end of the danger, with the source and the day; empty if there was no danger
   */
  dangerOver: string
  /** the reason in words, only for `other` */
  other: string
  /** the agreement about asking later; absent if nobody has asked */
  followUp?: FollowUp
}

interface FollowUp {
  /** empty when nobody will ask later */
  tasks: readonly EntryOf<'task'>[]
  /** the reason for not asking later; empty if there are tasks */
  why: string
}

/** Returns true for a closing whose words are sealed to colleagues. */
export const hasSealedWords = (
  loaded: Pick<LoadedReport, 'danger'>,
  { reason, followUp }: Closing,
): boolean => asksDanger(loaded, reason) || reason === 'other' || followUp !== undefined

/** The author of a joke or a test letter was not in danger. */
const WITHOUT_DANGER: readonly ChosenReason[] = ['spam', 'test']

/** Returns true when the closing must record how the danger ended. */
export const asksDanger = (
  { danger }: Pick<LoadedReport, 'danger'>,
  reason: ChosenReason | null,
): boolean => danger && !WITHOUT_DANGER.some((each) => each === reason)

/**
 * Closes a case.
 *
 * @param stored  names of the entries that failed attempts have stored; emptied by a successful
 *   closing
 * @throws Refusal `text_empty` if required words are missing. Otherwise the codes of writeIn and
 *   sendStatus.
 */
export async function closeCase(
  by: CaseWriter,
  loaded: LoadedReport,
  { reason, dangerOver, other, followUp }: Closing,
  stored: Set<string>,
): Promise<void> {
  const lifts = asksDanger(loaded, reason)
  if ((lifts && !hasWords(dangerOver)) || (reason === 'other' && !hasWords(other)))
    throw new Refusal('text_empty')
  const [at, once] = [minuteOf(Date.now()), onceIn(stored)]
  const writing = writeIn(by, loaded.sealed)
  if (lifts)
    await once(`danger ${dangerOver}`, () =>
      writing.danger({ v: 1, kind: 'danger', at, text: dangerOver, isDanger: false }),
    )
  if (reason === 'other') await once(`other ${other}`, () => writing.entry(noteOf(other)))
  for (const task of followUp?.tasks ?? [])
    await once(`task ${task.followUp?.months}`, () => writing.task(task))
  const why = followUp?.why ?? ''
  if (hasWords(why)) await once(`why ${why}`, () => writing.entry(noteOf(why)))
  await sendStatus(by, loaded, 'closed', reason)
  stored.clear()
}

const onceIn =
  (stored: Set<string>) =>
  async (name: string, store: () => Promise<unknown>): Promise<void> => {
    if (stored.has(name)) return
    await store()
    stored.add(name)
  }
