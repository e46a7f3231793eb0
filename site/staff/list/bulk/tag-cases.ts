// Puts a tag on many cases, one after another. Tags are sealed in each case, so that each case is
// opened. The act can stop after each case and go on with the rest.
import { Refusal } from '#protocol/errors'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { fetchReport } from '../../api/case-api.ts'
import { noteKnownRows } from '../../api/own-rows.ts'
import { openKeysOf } from '../../case/read/key-hashes.ts'
import { readCaseRecords, summaryIn } from '../../case/read/read-records.ts'
import { sendRecord } from '../../case/write/send-record.ts'
import { EMPTY_SUMMARY, SUMMARY } from '../../crypto/case-record.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { unreadOf } from '../unread.ts'
import { type CaseOutcome } from './send-bulk.ts'

const TRIES = 3

/**
 * Puts the tag on each case.
 *
 * @param onOutcome  called after each case
 * @throws Refusal `signed_out`, and the reason of `signal`; the cases without an outcome are left
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

/** Adds the tag to what stands in the case now. A case that has the tag stays as it is. */
async function tagCase(by: CaseWriter, id: string, tag: string): Promise<void> {
  for (let tried = 1; ; tried++)
    try {
      const opened = await fetchReport(id)
      // The rows of the act are own rows. Earlier changes by colleagues stay news.
      if (unreadOf(opened.item) !== 'changes') noteKnownRows(id, opened.item.rows)
      await addTag(by, opened, tag)
      return
    } catch (thrown) {
      const isStale = thrown instanceof Refusal && thrown.code === 'record_changed'
      if (!isStale || tried === TRIES) throw thrown
    }
}

async function addTag(by: CaseWriter, opened: OpenedReport, tag: string): Promise<void> {
  const records = await readCaseRecords(await openKeysOf(by, [opened]), opened)
  const stored = records.find(({ record }) => record === SUMMARY)
  const summary = stored ? summaryIn(records) : EMPTY_SUMMARY
  // A summary that does not open is not replaced.
  if (!summary) throw new Refusal('cannot_open')
  if (summary.tags.includes(tag)) return
  const place = { record: SUMMARY, revision: (stored?.revision ?? 0) + 1 }
  await sendRecord(by, opened, place, { ...summary, tags: [...summary.tags, tag] })
}
