// Seals and sends a revision of a record. The edge refuses a revision that a colleague has already
// stored. So nobody overwrites words that they have not seen.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type RecordSet } from '#protocol/staff/case-changes'
import type { StoredCase } from '#protocol/staff/stored-case'
import { fetchReport, putRecord } from '../../api/case-api.ts'
import { retryOn } from '../../api/retry-on.ts'
import {
  recordBytesLeft,
  sealRecord,
  type CasePerson,
  type CaseRecord,
  type RecordPlace,
} from '../../crypto/case-record.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { freeRecord } from '../read/read-records.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/**
 * @param place  the revision that follows the one the author read
 * @throws Refusal `text_too_long` before anything is sent. `record_changed` when a colleague stored
 * this revision. Otherwise the codes of withCaseKey.
 */
export async function sendRecord(
  by: CaseWriter,
  stored: StoredCase,
  place: RecordPlace,
  record: CaseRecord,
): Promise<void> {
  if (recordBytesLeft(record) < 0) throw new Refusal('text_too_long')
  const subject = stored.item.id
  await withCaseKey(by, stored, async (key) => {
    const sealed = await sealRecord(key, place, record)
    const recordHash = toB64(await sha256(fromB64(sealed)))
    const change: RecordSet = { keyNo: key.keyNo, ...place, recordHash }
    await sendCaseSigned(by, { action: 'record.set', subject, change }, (signed) =>
      putRecord(subject, { signed, sealed }),
    )
  })
}

/**
 * Adds a person to the case. Takes the next number if a colleague has added somebody in the
 * meantime.
 *
 * @throws Refusal `record_changed` when no number is left, or when colleagues were faster each time
 */
export async function sendNewPerson(
  by: CaseWriter,
  stored: StoredCase,
  person: CasePerson,
): Promise<void> {
  const hadRoom = await retryOn(['record_changed'], async (tried) => {
    const current = tried === 1 ? stored : await fetchReport(stored.item.id)
    const record = freeRecord(current.records)
    if (record === null) return false
    await sendRecord(by, current, { record, revision: 1 }, person)
    return true
  })
  if (!hadRoom) throw new Refusal('record_changed')
}
