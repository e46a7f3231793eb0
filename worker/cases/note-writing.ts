// Marks a case in which a colleague is writing, so that two colleagues do not both reply. The mark
// expires on its own and does not prevent anybody from writing.
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { putWritingMark } from '#worker/store/cases/writing-marks'
import { isStored } from '#worker/store/reports/reports'

/**
 * @throws Refusal `not_allowed`, `malformed`; `not_found` for a case that does not exist or that
 *   the caseworker does not have
 */
export async function noteWriting(deps: StaffDeps, id: string): Promise<void> {
  const caseId = await requireCase(deps, id)
  if (!(await isStored(deps.db, caseId))) throw new Refusal('not_found')
  await putWritingMark(deps.bucket, caseId, deps.actor.id, deps.now())
}
