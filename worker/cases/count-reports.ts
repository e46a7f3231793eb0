// Counts reports: stored, ever arrived, and waiting in R2. Also counts the people who can open
// reports. An admin without the intake role learns nothing else of reports. The same call tells a
// reader of a report whether the report grew.
import { toB64 } from '#protocol/bytes'
import type { Counts } from '#protocol/staff/cases'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { readMark } from '#worker/store/waiting-mark'
import { readCounts } from '#worker/store/queue'
import { parseB64 } from '#worker/parse'

/**
 * @param reading  id of the report that is read, or null
 * @throws Refusal `not_allowed`, also for a report and a person without intake; `malformed` for an
 *   id of another form
 */
export async function countReports(deps: StaffDeps, reading: string | null): Promise<Counts> {
  requireRole(deps.actor, 'admin', 'intake')
  if (reading !== null) requireRole(deps.actor, 'intake')
  const isIntake = deps.actor.roles.includes('intake')
  const [{ report, discard, ...stored }, inR2] = await Promise.all([
    readCounts(deps.db, reading === null ? null : parseB64(reading)),
    // The clock counts once a minute. Reading its mark costs one read of R2, and a list costs as
    // much as a write.
    withTimeout(() => readMark(deps.bucket)),
  ])
  return {
    ...stored,
    waiting: inR2 === NO_ANSWER ? null : inR2.waiting,
    aside: inR2 === NO_ANSWER ? null : inR2.aside,
    report: report && { ...report, id: toB64(report.id) },
    discard: isIntake ? discard : null,
  }
}
