// Puts a tag on many cases, one after another. Tags are sealed in each case, so that each case is
// opened. The act can stop after each case and go on with the rest.
import { caseKeyName } from '#protocol/staff/case-bodies'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type RecordSet } from '#protocol/staff/case-changes'
import { type OpenedReport } from '#protocol/staff/cases'
import { fetchReport, putRecord } from '../../api/case-api.ts'
import { noteKnownRows } from '../../api/own-rows.ts'
import { sendSigned } from '../../api/send-signed.ts'
import { withCaseKey } from '../../case/case-key-in-use.ts'
import { type CaseWriter } from '../../case/case-writer.ts'
import { openCaseKeys } from '../../crypto/case-key.ts'
import {
  EMPTY_SUMMARY,
  openRecord,
  recordBytesLeft,
  sealRecord,
  SUMMARY,
  type Summary,
} from '../../crypto/case-record.ts'
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
  const { id } = opened.item
  const stored = opened.records.find(({ record }) => record === SUMMARY)
  const summary = await summaryOf(by, opened)
  if (summary.tags.includes(tag)) return
  const next: Summary = { ...summary, tags: [...summary.tags, tag] }
  if (recordBytesLeft(next) < 0) throw new Refusal('text_too_long')
  const place = { record: SUMMARY, revision: (stored?.revision ?? 0) + 1 }
  await withCaseKey(by, opened, async (key) => {
    const sealed = await sealRecord(key, place, next)
    const recordHash = toB64(await sha256(fromB64(sealed)))
    const change: RecordSet = { ...place, keyNo: key.keyNo, recordHash }
    await sendSigned(by.keys, { action: 'record.set', subject: id, change }, (signed) =>
      putRecord(id, { signed, sealed }),
    )
  })
}

/** @throws Refusal `cannot_open` for a summary that does not open, so that it is not replaced */
async function summaryOf({ keys }: CaseWriter, opened: OpenedReport): Promise<Summary> {
  const stored = opened.records.find(({ record }) => record === SUMMARY)
  if (!stored) return EMPTY_SUMMARY
  const name = caseKeyName({ caseId: opened.item.id, keyNo: stored.keyNo })
  const key = (await openCaseKeys(keys, opened)).get(name)
  if (!key) throw new Refusal('cannot_open')
  const record = await openRecord(key, stored, stored.sealed)
  if (record.kind !== 'summary') throw new Refusal('cannot_open')
  return record
}
