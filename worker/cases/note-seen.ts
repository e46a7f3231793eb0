// Records how much of a case a colleague has seen, so that the list can highlight the unread parts.
import type { SeenBack, SeenParts } from '#protocol/staff/list/queue'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { storeSeen, storeSeenBack } from '#worker/store/cases/reads'

/**
 * @throws Refusal `not_allowed`, `malformed`, `not_found` for a caseworker who does not have the
 * case
 */
export async function noteSeen(deps: StaffDeps, id: string, seen: SeenParts): Promise<void> {
  const caseId = await requireCase(deps, id)
  await storeSeen(deps.db, caseId, { person: deps.actor.id, ...seen })
}

/**
 * Removes a mark, unless the colleague has since seen more.
 *
 * @throws Refusal with a code from noteSeen
 */
export async function takeSeenBack(
  deps: StaffDeps,
  id: string,
  { mark, before }: SeenBack,
): Promise<void> {
  const caseId = await requireCase(deps, id)
  await storeSeenBack(deps.db, caseId, { person: deps.actor.id, ...mark }, before)
}
