// Marks many cases as read, several at a time, and removes the marks again. The marks are unsigned,
// because they only affect the reader who sets them.
import { Refusal } from '#protocol/errors'
import type { QueueItem, SeenBack } from '#protocol/staff/list/queue'
import { putSeen, putSeenBack } from '../../api/case-api.ts'
import { forgetKnownRows, knownRows, noteKnownRows } from '../../api/own-rows.ts'
import { unreadOf } from '../unread.ts'
import { type LeftCase } from './case-outcomes.ts'
import { type CaseOutcome } from './send-bulk.ts'

/** Number of requests that run in parallel. */
const AT_ONCE = 6

/** A mark that was set, with the line and the number of known rows before the mark. */
export interface SetMark extends SeenBack {
  item: QueueItem
  knownBefore: number
}

/**
 * Selects the unread cases that may be marked together. An unread letter that reports danger is not
 * marked as read in bulk, because nobody would then notice the letter.
 */
export function planRead(items: readonly QueueItem[]): { unread: QueueItem[]; left: LeftCase[] } {
  const unread = items.filter((item) => unreadOf(item) !== null)
  const isLeft = (item: QueueItem): boolean =>
    item.danger && item.status !== 'closed' && unreadOf(item) === 'letters'
  return {
    unread: unread.filter((item) => !isLeft(item)),
    left: unread.filter(isLeft).map(({ id }) => ({ id, why: 'danger' })),
  }
}

/**
 * Marks cases as read.
 *
 * @param onOutcomes  called after each batch with the outcomes of its cases and the marks set in
 *   them
 * @throws Refusal `signed_out`
 */
export async function markSeen(
  items: readonly QueueItem[],
  onOutcomes: (outcomes: CaseOutcome[], marks: SetMark[]) => void,
): Promise<void> {
  for (const part of partsOf(items)) {
    const tried = await Promise.all(part.map((item) => tryIn(item.id, () => markOne(item))))
    const marks = tried.flatMap(({ done }) => done ?? [])
    onOutcomes(
      tried.map(({ outcome }) => outcome),
      marks,
    )
  }
}

/** Removes marks, which makes the cases unread again. @throws Refusal `signed_out` */
export async function takeMarksBack(
  marks: readonly SetMark[],
  onOutcomes: (outcomes: CaseOutcome[]) => void,
): Promise<void> {
  for (const part of partsOf(marks)) {
    const tried = await Promise.all(
      part.map((each) => tryIn(each.item.id, () => takeOneBack(each))),
    )
    onOutcomes(tried.map(({ outcome }) => outcome))
  }
}

/**
 * Returns the lines whose marks were removed. If the person has seen more of a case since the mark
 * was set, the newer mark stays.
 *
 * @param done  ids of the cases whose marks the server has removed
 */
export const linesWithout = (
  marks: readonly SetMark[],
  done: readonly string[],
  byId: ReadonlyMap<string, QueueItem>,
): QueueItem[] =>
  marks.flatMap(({ item: { id, followUps, rows }, before }) => {
    const now = byId.get(id)
    const isMark = now?.seen?.followUps === followUps && now.seen.rows === rows
    return now && isMark && done.includes(id) ? [{ ...now, seen: before }] : []
  })

async function markOne(item: QueueItem): Promise<SetMark> {
  const { id, followUps, rows: listed, seen: before } = item
  const knownBefore = knownRows(id)
  // The list does not contain the rows that this tab has added since the list was loaded.
  const mark = { followUps, rows: Math.max(listed, knownBefore) }
  await putSeen(id, mark)
  noteKnownRows(id, mark.rows)
  return { item, mark, before, knownBefore }
}

async function takeOneBack({ item: { id }, mark, before, knownBefore }: SetMark): Promise<void> {
  await putSeenBack(id, { mark, before })
  if (knownRows(id) === mark.rows) forgetKnownRows(id, knownBefore)
}

const partsOf = <Of>(all: readonly Of[]): Of[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  )

/** @throws Refusal `signed_out` */
async function tryIn<Done>(
  id: string,
  work: () => Promise<Done>,
): Promise<{ outcome: CaseOutcome; done: Done | null }> {
  try {
    return { done: await work(), outcome: { id, code: null } }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'signed_out') throw thrown
    return { done: null, outcome: { id, code: thrown.code } }
  }
}
