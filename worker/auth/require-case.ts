// Checks whether an actor may see and change a case. Intake may see every case, and a caseworker
// only the assigned ones.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { isAssignedTo } from '#worker/store/assignments'
import { requireRole } from './require-role.ts'

/**
 * @throws Refusal `not_allowed` without either role. `not_found` for a caseworker without this
 *   case, so that they do not learn whether the case exists.
 */
export async function requireCase(deps: StaffDeps, caseId: Bytes): Promise<void> {
  requireRole(deps.actor, 'intake', 'caseworker')
  if (deps.actor.roles.includes('intake')) return
  if (!(await isAssignedTo(deps.db, caseId, deps.actor.id))) throw new Refusal('not_found')
}
