// Builds the report that a waiting object contains. The drain and a colleague who moves the object
// store the same report, with the same grade.
import { CHECKED_GRADE, type Grade } from '#protocol/limits'
import { KIND, reportIdOf, type EnvelopeHeader } from '#protocol/report/envelope'
import type { WaitingReport } from './objects.ts'
import { gradeIn, type Partition } from './partitions.ts'
import type { ArrivedReport } from '../reports/reports.ts'

/** A report that leaves the overflow. */
export interface DrainedReport extends ArrivedReport {
  /** the grade of a passed check, or 0; `grade` is the grade of the proof */
  checkedGrade: Grade
}

/** @param header  the header of the envelope; the organisation has a key for it */
export async function reportOfWaiting(
  partition: Partition,
  { envelope, sealedBy, receivedDay, isChecked }: WaitingReport,
  { kind, danger, epoch, headerId, ownerHash, writeHash }: EnvelopeHeader,
): Promise<DrainedReport> {
  const hasGrade = kind !== KIND.followUp
  return {
    id: await reportIdOf(envelope),
    kind,
    danger,
    epoch,
    headerId,
    ownerHash,
    writeHash,
    sealedBy,
    receivedDay,
    envelope,
    // A checked report waits in the partition for CHECKED_GRADE, which does not show its proof.
    grade: hasGrade && !isChecked ? gradeIn(partition) : 0,
    // As in promoteStored, a check does not raise the grade of a follow-up. The edge does not offer
    // a check for follow-ups.
    checkedGrade: hasGrade && isChecked ? CHECKED_GRADE : 0,
  }
}
