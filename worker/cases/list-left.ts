// Lists the cases of people who have left, so that readers can take them back and reassign them.
import { toB64 } from '#protocol/bytes'
import { LEFT_PAGE, type LeftCases } from '#protocol/staff/list/case-pages'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { listLeftCases } from '#worker/store/cases/left-cases'

/** @throws Refusal `not_allowed` */
export async function listLeft(deps: StaffDeps): Promise<LeftCases> {
  requireRole(deps.actor, 'intake')
  const cases = await listLeftCases(deps.db, LEFT_PAGE)
  return {
    cases: cases.map(({ id, day, assignee }) => ({
      id: toB64(id),
      day,
      assignee: toB64(assignee),
    })),
  }
}
