// Counts reports: stored, ever arrived, and waiting in R2. Also counts the people who can open
// reports. An admin without the intake role learns nothing else of reports, and a caseworker counts
// the own cases only. The same call tells a reader of a report whether the report grew.
import { toB64 } from '#protocol/bytes'
import type { Counts } from '#protocol/staff/counts'
import { hasOwnCasesOnly } from '#protocol/staff/fields'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { requireRole } from '#worker/auth/require-role'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { readMark } from '#worker/store/waiting-mark'
import { countOwnCases } from '#worker/store/own-cases'
import { readCounts } from '#worker/store/counts'

/**
 * @param reading  id of the report that is read, or null
 * @throws Refusal `not_allowed`, also for a report and an admin. `malformed` for an id of another
 *   form. `not_found` for a caseworker without the case
 */
export async function countReports(deps: StaffDeps, reading: string | null): Promise<Counts> {
  const { db, bucket, actor } = deps
  requireRole(actor, 'admin', 'intake', 'caseworker')
  const shown = reading === null ? null : await requireCase(deps, reading)
  const isIntake = actor.roles.includes('intake')
  const hasOwnOnly = hasOwnCasesOnly(actor.roles)
  const [{ report, discard, ...stored }, own, inR2] = await Promise.all([
    readCounts(db, shown),
    hasOwnOnly ? countOwnCases(db, actor.id) : null,
    // The clock counts once a minute. Reading its mark costs one read of R2, and a list costs as
    // much as a write.
    hasOwnOnly ? null : withTimeout(() => readMark(bucket)),
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
    },
    discard: isIntake ? discard : null,
  }
}
