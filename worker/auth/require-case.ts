// Checks whether an actor may see and change a case. Intake may see and change every case, a
// caseworker only the assigned ones.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { isAssignedTo, isLetterAssignedTo } from '#worker/store/assignments'
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

/**
 * Checks whether an actor may see a letter, a report or a follow-up. A letter that waits in R2
 * belongs to no case, so that only intake sees the letter.
 *
 * @throws Refusal as requireCase does
 */
export async function requireLetter(deps: StaffDeps, letter: Bytes): Promise<void> {
  requireRole(deps.actor, 'intake', 'caseworker')
  if (deps.actor.roles.includes('intake')) return
  const isAssigned = await isLetterAssignedTo(deps.db, letter, deps.actor.id)
  if (!isAssigned) throw new Refusal('not_found')
}
