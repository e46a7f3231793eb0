// Plans the place of a report. A report goes into the overflow while many reports come, and while
// the database is full or does not answer.
import { sha256, type Bytes } from '#protocol/bytes'
import { CHECKED_GRADE, type Grade } from '#protocol/limits'
import { KIND, type EnvelopeHeader } from '#protocol/report/envelope'
import { dayOf } from '#protocol/time'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, type NoAnswer } from '#worker/with-timeout'
import type { Waiting } from '#worker/store/overflow'
import type { ArrivedReport, Sealer } from '#worker/store/reports'
import { boundFor } from './rate-limit.ts'

/** A report as a request has it. */
export interface Arrival {
  envelope: Bytes
  sealedBy: Sealer
  /** nonce of the proof of work, when the page found one */
  proof: number | null
  /** the receipt's write token, 32 bytes: only with a follow-up */
  writeToken: Bytes | null
}

export interface Candidate {
  /** see reportIdOf */
  id: Bytes
  header: EnvelopeHeader
  arrival: Arrival
  /** the grade of its proof, which counts for no other report */
  grade: Grade
  /** the size of the database */
  databaseBytes: number | NoAnswer
  /** the thread of this follow-up may have waited in the overflow when the report arrived */
  mayThreadWait: boolean
}

export type ReportPlace = 'database' | 'overflow'

export interface PlacePlan extends Omit<Waiting, 'round'> {
  report: ArrivedReport
  place: ReportPlace
  /** the place of a follow-up without a thread, which counts as a report of grade 0 */
  strayPlace: ReportPlace
  mayThreadWait: boolean
}

export async function planPlace(
  deps: Deps,
  { id, header, arrival, grade, databaseBytes, mayThreadWait }: Candidate,
): Promise<PlacePlan> {
  const { kind, danger, epoch, headerId, ownerHash, writeHash } = header
  const { envelope, sealedBy, writeToken } = arrival
  const now = deps.now()
  const isFollowUp = kind === KIND.followUp
  const tokenHash = isFollowUp && writeToken ? await sha256(writeToken) : null
  const isFlooded = await deps.isFlooded(tokenHash ? 'followUps' : `grade${grade}`)
  const placeBelow = (bound: number): ReportPlace =>
    databaseBytes === NO_ANSWER || databaseBytes >= bound ? 'overflow' : 'database'
  return {
    report: {
      id,
      kind,
      danger,
      epoch,
      grade,
      sealedBy,
      headerId,
      ownerHash,
      writeHash,
      envelope,
      receivedDay: dayOf(now),
    },
    tokenHash,
    canBePromoted: isFlooded && !isFollowUp && grade < CHECKED_GRADE,
    place: isFlooded
      ? 'overflow'
      : placeBelow(boundFor(deps.fullAt, { grade, danger }, tokenHash !== null)),
    strayPlace: placeBelow(deps.fullAt.unproven),
    mayThreadWait,
  }
}
