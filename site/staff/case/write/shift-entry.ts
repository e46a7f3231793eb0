// Makes the entries for the end of a shift, and lists the open cases that a colleague has.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import type { Queue, QueueItem } from '#protocol/staff/list/queue'
import { minuteOf } from '#protocol/time'
import { fetchLongPage, fetchQueue } from '../../api/list-api.ts'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type Handover } from '../read/handovers-of.ts'

/**
 * @param to  id of a colleague; empty for all colleagues
 * @throws Refusal `text_empty` without words
 */
export function shiftEntry(text: string, to: string): EntryOf<'handover'> {
  if (!hasWords(text)) throw new Refusal('text_empty')
  return { v: 1, kind: 'handover', at: minuteOf(Date.now()), text, to: to || null }
}

/** Makes the entry which records that its author has read handovers. */
export const readEntry = (read: readonly Handover[]): EntryOf<'handover_read'> => ({
  ...{ v: 1, kind: 'handover_read', at: minuteOf(Date.now()), text: '' },
  of: read.map(({ caseId, n }) => ({ caseId, n })),
})

/**
 * Lists a person's open cases, in queue order. The closed cases are at the end of the queue, so the
 * loop stops at the first of them.
 */
export async function listOwnCases(personId: string): Promise<QueueItem[]> {
  const own: QueueItem[] = []
  for (let after: string | null = null; ;) {
    const { items, next }: Queue = await (after === null ? fetchQueue() : fetchLongPage(after))
    const open = items.filter(({ status }) => status !== 'closed')
    own.push(...open.filter(({ assignee }) => assignee === personId))
    if (next === null || open.length < items.length) return own
    after = next
  }
}
