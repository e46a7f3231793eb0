// Adds a tag to many cases, one after another. Tags are sealed in each case, so each case must be
// opened. The action can stop after each case and later continue with the remaining ones.
import { Refusal } from '#protocol/errors'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '../../api/case-api.ts'
import { noteKnownRows } from '../../api/own-rows.ts'
import { retryOn } from '../../api/retry-on.ts'
import { openKeysOf } from '../../case/read/key-hashes.ts'
import { readCaseRecords, summaryIn } from '../../case/read/read-records.ts'
import { EMPTY_SUMMARY, SUMMARY } from '../../crypto/case-record.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { unreadOf } from '../unread.ts'
import { type CaseOutcome } from './send-bulk.ts'
import { writeIn } from '../../case/write/write-in.ts'

/**
 * Adds the tag to each case.
 *
 * @param onOutcome  called after each case
 * @throws Refusal `signed_out`, and the reason of `signal`; the cases without an outcome then still
 *   have to be tagged
 */
export async function tagCases(
  by: CaseWriter,
  { tag, ids }: { tag: string; ids: readonly string[] },
  onOutcome: (outcome: CaseOutcome) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const id of ids) {
    signal.throwIfAborted()
    try {
      await tagCase(by, id, tag)
      onOutcome({ id, code: null })
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.code === 'signed_out') throw thrown
      onOutcome({ id, code: thrown.code })
    }
  }
}

/** Adds the tag to the current tags of the case. A case that already has the tag is not changed. */
const tagCase = (by: CaseWriter, id: string, tag: string): Promise<void> =>
  retryOn(['record_changed'], async () => {
    const stored = await fetchReport(id)
    // The rows of the action count as the person's own rows. Earlier changes by colleagues are
    // still shown as news.
    if (unreadOf(stored.item) !== 'changes') noteKnownRows(id, stored.item.rows)
    await addTag(by, stored, tag)
  })

async function addTag(by: CaseWriter, stored: StoredCase, tag: string): Promise<void> {
  const records = await readCaseRecords(await openKeysOf(by, [stored]), stored)
  const former = records.find(({ record }) => record === SUMMARY)
  const summary = former ? summaryIn(records) : EMPTY_SUMMARY
  // A summary that does not open is not replaced.
  if (!summary) throw new Refusal(former?.isNewer ? 'made_newer' : 'cannot_open')
  if (summary.tags.includes(tag)) return
  const place = { record: SUMMARY, revision: (former?.revision ?? 0) + 1 }
  await writeIn(by, stored).record(place, { ...summary, tags: [...summary.tags, tag] })
}
