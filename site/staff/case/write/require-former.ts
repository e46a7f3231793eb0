// Requires that a new revision of a record follows the one that the log has. The author changes a
// part of the former revision and signs all of it.
import { Refusal } from '#protocol/errors'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type RecordPlace } from '../../crypto/case-record.ts'
import { recordsThatDiffer } from '../read/compare-with-log.ts'

/**
 * @param stored  the case as its author has read it
 * @throws Refusal `record_changed` when the log has another revision than the author has read.
 *   `ledger_broken` when the server showed the author words that the log does not have.
 */
export async function requireFormer(
  stored: StoredCase,
  { record, revision }: RecordPlace,
  log: CaseLog,
): Promise<void> {
  const signed = log.records.get(record)?.revision ?? 0
  if (signed !== revision - 1) throw new Refusal('record_changed')
  if ((await recordsThatDiffer(stored, log)).has(record)) throw new Refusal('ledger_broken')
}
