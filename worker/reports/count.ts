// How many reports wait: all that an admin without the intake role learns of them.
import type { Counts } from '#protocol/staff'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { readCounts } from '#worker/store/queue'

export async function countReports(deps: StaffDeps): Promise<Counts> {
  requireRole(deps.actor, 'admin', 'intake')
  return readCounts(deps.db)
}
