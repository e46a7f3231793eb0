// Judges one report of the overflow or of the quarantine, and stores it in the database.
import type { Bytes } from '#protocol/bytes'
import { KIND, readEnvelope, reportIdOf } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import { requireKnownEpoch, type FindEpoch } from '#worker/keys/require-open-epoch'
import type { EndedReceipt } from '#worker/store/replies'
import { isNotedEnded } from '#worker/store/ended-receipts'
import { anyReportWaits, type WaitingReport } from '#worker/store/overflow'
import { gradeIn, type Partition } from '#worker/store/partitions'
import {
  insertFollowUp,
  insertReport,
  isStored,
  promoteStored,
  raiseGrade,
  type ArrivedReport,
} from '#worker/store/reports'

/** One run of the drain. */
export interface Drain {
  deps: Deps
  findEpoch: FindEpoch
  /** the database has room for reports of grade 0 */
  takesStrays: boolean
  /** number of objects that the quarantine may still take */
  roomAside: number
  /** keys of objects that R2 can delete now */
  done: string[]
  /** receipts that were ended while their report waited */
  ended: EndedReceipt[]
}

/**
 * Judges and stores one report.
 *
 * @returns false when the report must wait longer
 * @throws Refusal  when nobody can judge the report now
 */
export async function storeWaiting(
  drain: Drain,
  partition: Partition,
  waiting: WaitingReport,
): Promise<boolean> {
  const report = await reportOf(drain, partition, waiting)
  const { ownerHash, writeHash } = report
  const { tokenHash: writtenWith } = waiting
  const isIn = writtenWith
    ? await storeFollowUp(drain, report, writtenWith)
    : await storeReport(drain, report, waiting.isChecked)
  if (!isIn) return false
  // To end a thread, endThread writes a note into R2 first and changes the database second.
  // The drain inserts the report first and reads the note second.
  // If the drain reads before the note exists, endThread finds the report in the database.
  // If the drain reads later, the drain finds the note. So the receipt ends in every order.
  const ended = { ownerHash, tokenHash: writeHash }
  if (await isNotedEnded(drain.deps.bucket, ended)) drain.ended.push(ended)
  return true
}

async function storeReport(
  { deps }: Drain,
  report: ArrivedReport,
  isChecked: boolean,
): Promise<true> {
  const isNew = await insertReport(deps.db, report)
  if (isChecked) await promoteStored(deps.db, report.id)
  else if (!isNew && report.grade > 0) await raiseGrade(deps.db, report)
  return true
}

/** Stores a follow-up. @returns false when the follow-up must wait longer */
async function storeFollowUp(
  { deps, takesStrays }: Drain,
  report: ArrivedReport,
  tokenHash: Bytes,
): Promise<boolean> {
  if (await insertFollowUp(deps.db, report, tokenHash)) return true
  if (await isStored(deps.db, report.id)) return true
  // The thread may still wait in the overflow. A follow-up without a thread counts as grade 0.
  if (!takesStrays || (await anyReportWaits(deps.bucket))) return false
  await insertReport(deps.db, report)
  return true
}

async function reportOf(
  { findEpoch: find }: Drain,
  partition: Partition,
  { envelope: bytes, sealedBy, receivedDay }: WaitingReport,
): Promise<ArrivedReport> {
  const envelope = readEnvelope(bytes)
  await requireKnownEpoch(find, envelope)
  const { kind, danger, epoch, headerId, ownerHash, writeHash } = envelope
  return {
    id: await reportIdOf(bytes),
    kind,
    danger,
    epoch,
    headerId,
    ownerHash,
    writeHash,
    sealedBy,
    receivedDay,
    envelope: bytes,
    grade: kind === KIND.followUp ? 0 : gradeIn(partition),
  }
}
