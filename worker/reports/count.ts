// How many reports there are, and how many wait in R2: all that an admin without the intake role learns of them.
import type { Counts } from '#protocol/staff'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { inTime } from '#worker/in-time'
import { countWaiting } from '#worker/store/overflow'
import { readCounts } from '#worker/store/queue'

export async function countReports(deps: StaffDeps): Promise<Counts> {
  requireRole(deps.actor, 'admin', 'intake')
  const [stored, inR2] = await Promise.all([
    readCounts(deps.db),
    inTime(() => countWaiting(deps.bucket)),
  ])
  return { ...stored, ...(inR2 ?? { waiting: null, aside: null }) }
}
