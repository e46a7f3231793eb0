// Checks whether an actor may see and change a case. Intake may see every case; a caseworker may
// see only the cases assigned to them.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import { isAssignedTo, isLetterAssignedTo } from '#worker/store/cases/assignments'
import { requireRole } from './require-role.ts'

/**
 * @param id  case id, base64url
 * @returns the id as bytes
 * @throws Refusal `not_allowed` for an actor with neither role; `malformed` for a string that is
 *   not an id. `not_found` for a caseworker who does not have this case, so that they cannot learn
 *   whether the case exists.
 */
export async function requireCase(deps: StaffDeps, id: string): Promise<Bytes> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const caseId = parseB64(id)
  const isReader = deps.actor.roles.includes('intake')
  if (!isReader && !(await isAssignedTo(deps.db, caseId, deps.actor.id)))
    throw new Refusal('not_found')
  return caseId
}

/**
 * Checks whether an actor may see a letter, a report or a follow-up. A letter that waits in R2
 * belongs to no case, so only intake can see it.
 *
 * @throws Refusal with a code from requireCase
 */
export async function requireLetter(deps: StaffDeps, letter: Bytes): Promise<void> {
  requireRole(deps.actor, 'intake', 'caseworker')
  if (deps.actor.roles.includes('intake')) return
  const isAssigned = await isLetterAssignedTo(deps.db, letter, deps.actor.id)
  if (!isAssigned) throw new Refusal('not_found')
}
