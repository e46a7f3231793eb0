// Checks, before a referral is signed, that the colleague has read the current state of the case.
import { Refusal } from '#protocol/errors'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { requireSignedRecords } from '../read/signed-parts.ts'

/** The parts of the case that the author has read. */
export interface ReadLetters {
  followUps: number
  absorbed: number
}

export const lettersReadIn = ({ item, followUpsRead }: LoadedReport): ReadLetters => ({
  followUps: followUpsRead,
  absorbed: item.absorbed,
})

/**
 * @throws Refusal `report_grew` when the case contains new words that the colleague has not read
 */
export function requireLettersRead(loaded: LoadedReport, { item }: StoredCase): void {
  const read = lettersReadIn(loaded)
  if (item.followUps > read.followUps || item.absorbed > read.absorbed)
    throw new Refusal('report_grew')
}

/**
 * Checks the letters and the records. Records determine who may consent, and whether two colleagues
 * must sign. Without this check, a server could show older records until the moment of signing.
 *
 * @throws Refusal `report_grew`. `record_changed`; see requireSignedRecords.
 */
export async function requireAllRead(
  { roster }: CaseWriter,
  loaded: LoadedReport,
  now: StoredCase,
  log: CaseLog,
): Promise<void> {
  requireLettersRead(loaded, now)
  const others = loaded.others.map(({ sealed }) => sealed)
  await requireSignedRecords([loaded.sealed, ...others], log, roster)
}
