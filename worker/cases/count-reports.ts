// Counts the stored reports, the reports that have ever arrived, and the reports that are waiting
// in R2. Also counts the people who can open reports. An admin without the intake role learns
// nothing else about reports. For a caseworker, only their own cases are counted. A colleague
// reading a report also learns whether it has grown, and who else is writing in its case.
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import type { Counts } from '#protocol/staff/list/counts'
import { hasOwnCasesOnly } from '#protocol/staff/fields'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { requireRole } from '#worker/auth/require-role'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { findWriters } from '#worker/store/cases/writing-marks'
import { readMark } from '#worker/store/overflow/waiting-mark'
import { countOwnCases } from '#worker/store/cases/own-cases'
import { readCounts } from '#worker/store/list/counts'

/**
 * @param reading  id of the report that the colleague is reading, or null
 * @throws Refusal `not_allowed`, including when an admin without the intake role requests a report.
 *   `malformed` for an invalid id. `not_found` for a caseworker who does not have the case
 */
export async function countReports(deps: StaffDeps, reading: string | null): Promise<Counts> {
  const { db, bucket, actor } = deps
  requireRole(actor, 'admin', 'intake', 'caseworker')
  const shown = reading === null ? null : await requireCase(deps, reading)
  const isIntake = actor.roles.includes('intake')
  const hasOwnOnly = hasOwnCasesOnly(actor.roles)
  const [{ report, discard, ...stored }, own, inR2, writers] = await Promise.all([
    readCounts(db, shown),
    hasOwnOnly ? countOwnCases(db, actor.id) : null,
    // The clock updates the count once a minute. Reading the clock's mark costs one read of R2;
    // listing the objects costs as much as a write.
    hasOwnOnly ? null : withTimeout(() => readMark(bucket)),
    shown === null ? [] : otherWriters(deps, shown),
  ])
  return {
    ...stored,
    ...own,
    waiting: !inR2 || inR2 === NO_ANSWER ? null : inR2.waiting,
    aside: !inR2 || inR2 === NO_ANSWER ? null : inR2.aside,
    report: report && {
      ...report,
      id: toB64(report.id),
      assignee: report.assignee && toB64(report.assignee),
      writers,
    },
    discard: isIntake ? discard : null,
  }
}

/**
 * Lists the colleagues who are writing in a case; returns an empty list when R2 does not respond.
 */
async function otherWriters({ bucket, actor, now }: StaffDeps, caseId: Bytes): Promise<string[]> {
  const found = await withTimeout(() => findWriters(bucket, caseId, now()))
  if (found === NO_ANSWER) return []
  return found.filter((person) => !sameBytes(person, actor.id)).map(toB64)
}
