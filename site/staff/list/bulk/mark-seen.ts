// Marks many cases as read, several at a time. The marks are unsigned, because they serve only the
// reader.
import { Refusal } from '#protocol/errors'
import type { QueueItem } from '#protocol/staff/list/queue'
import { putSeen } from '../../api/case-api.ts'
import { knownRows, noteKnownRows } from '../../api/own-rows.ts'
import { type CaseOutcome } from './send-bulk.ts'

/** Number of requests that run in parallel. */
const AT_ONCE = 6

/** @throws Refusal `signed_out` */
export async function markSeen(
  items: readonly QueueItem[],
  onOutcomes: (outcomes: CaseOutcome[]) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE)
    onOutcomes(await Promise.all(items.slice(at, at + AT_ONCE).map(markOne)))
}

async function markOne({ id, followUps, rows: listed }: QueueItem): Promise<CaseOutcome> {
  // The list does not know the rows that this tab has since added.
  const rows = Math.max(listed, knownRows(id))
  try {
    await putSeen(id, { followUps, rows })
    noteKnownRows(id, rows)
    return { id, code: null }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'signed_out') throw thrown
    return { id, code: thrown.code }
  }
}
