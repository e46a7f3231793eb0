// Requires a new revision to follow one that is in the log and that the new author can read. The
// author changes only a part of that revision, but signs all of it.
import { Refusal } from '#protocol/errors'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type RecordPlace } from '../../crypto/case-record.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { recordsThatDiffer } from '../read/compare-with-log.ts'
import { openKeysOf } from '../read/key-hashes.ts'
import { openRecords, requireReadable } from '../read/read-records.ts'

/**
 * @param stored  the case as the author of the new revision read it
 * @throws Refusal `made_newer` or `cannot_open` for a record that this author cannot read.
 *   `record_changed` when the revision in the log is not the one that the author has read.
 *   `ledger_broken` when the server showed the author words that are not in the log.
 */
export async function requireFormer(
  by: CaseWriter,
  stored: StoredCase,
  place: RecordPlace,
  log: CaseLog,
): Promise<void> {
  const { record, revision } = place
  const former = stored.records.filter((each) => each.record === record)
  if (former.length > 0)
    requireReadable(
      await openRecords(await openKeysOf(by, [stored]), stored.item.id, former),
      place,
    )
  const signed = log.records.get(record)?.revision ?? 0
  if (signed !== revision - 1) throw new Refusal('record_changed')
  if ((await recordsThatDiffer(stored, log)).has(record)) throw new Refusal('ledger_broken')
}
