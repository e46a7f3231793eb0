// Notes how much of a case a colleague has seen, so that the list can mark what is unread.
import type { SeenBack, SeenParts } from '#protocol/staff/list/queue'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { storeSeen, storeSeenBack } from '#worker/store/cases/reads'

/** @throws Refusal `not_allowed`, `malformed`, `not_found` for a caseworker without the case */
export async function noteSeen(deps: StaffDeps, id: string, seen: SeenParts): Promise<void> {
  const caseId = await requireCase(deps, id)
  await storeSeen(deps.db, caseId, { person: deps.actor.id, ...seen })
}

/**
 * Takes a mark back, unless the person has seen more in the meantime.
 *
 * @throws Refusal as noteSeen does
 */
export async function takeSeenBack(
  deps: StaffDeps,
  id: string,
  { mark, before }: SeenBack,
): Promise<void> {
  const caseId = await requireCase(deps, id)
  await storeSeenBack(deps.db, caseId, { person: deps.actor.id, ...mark }, before)
}
