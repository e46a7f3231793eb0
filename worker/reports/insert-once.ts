// Puts a report into the database, in whatever way it came: at once, or after it waited.
import { sameBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Deps } from '#worker/deps'
import {
  findEnvelopeHash,
  insertFollowUp,
  insertReport,
  type SealedReport,
} from '#worker/store/reports'

/**
 * Stores a report once, as one of its own.
 *
 * @returns false when it was there
 * @throws Refusal `report_id_taken` when other bytes have this id
 */
export async function insertOnce({ db }: Deps, report: SealedReport): Promise<boolean> {
  if (await insertReport(db, report)) return true
  const stored = await findEnvelopeHash(db, report.id)
  if (!stored || !sameBytes(stored, report.envelopeHash)) throw new Refusal('report_id_taken')
  return false
}

/**
 * Joins a follow-up to its thread, or else stores it as insertOnce does: its thread may have come in since it was last looked for.
 *
 * @param tokenHash  null for what follows up nothing
 */
export const joinOrInsert = async (
  deps: Deps,
  report: SealedReport,
  tokenHash: Bytes | null,
): Promise<boolean> =>
  (tokenHash !== null && (await insertFollowUp(deps.db, report, tokenHash))) ||
  insertOnce(deps, report)
