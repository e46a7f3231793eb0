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
export async function insertOnce(deps: Deps, report: SealedReport): Promise<boolean> {
  if (await insertReport(deps.db, report)) return true
  if (!(await isStored(deps, report))) throw new Refusal('report_id_taken')
  return false
}

/** Whether this very envelope is stored. Throws Refusal `report_id_taken` when other bytes have its id. */
export async function isStored(
  { db }: Deps,
  { id, envelopeHash }: Pick<SealedReport, 'id' | 'envelopeHash'>,
): Promise<boolean> {
  const stored = await findEnvelopeHash(db, id)
  if (stored && !sameBytes(stored, envelopeHash)) throw new Refusal('report_id_taken')
  return stored !== null
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
