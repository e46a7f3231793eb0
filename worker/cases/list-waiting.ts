// Gives intake a page of the objects waiting in R2; only a colleague's device can open them.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SealedItem, WaitingPage } from '#protocol/staff/list/waiting'
import { WaitingPlace } from '#protocol/staff/list/waiting'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import type { FoundReport } from '#worker/store/reports/discard-matches'
import { readWaitingPage } from '#worker/store/overflow/list-waiting'

/**
 * @param partition  name of a partition
 * @param after  `next` of the previous page, or null for the first page
 * @throws Refusal `not_allowed`; `malformed` for an unknown partition or an invalid cursor
 */
export async function listWaitingReports(
  deps: StaffDeps,
  partition: string | null,
  after: string | null,
): Promise<WaitingPage> {
  requireRole(deps.actor, 'intake')
  const place = WaitingPlace.safeParse({ partition, after })
  if (!place.success) throw new Refusal('malformed', { cause: place.error })
  const page = await readWaitingPage(deps.bucket, place.data.partition, place.data.after)
  return {
    items: page.objects.map(({ name, report }) => ({ ...sealedItem(report), name })),
    next: page.next,
  }
}

export const sealedItem = (report: FoundReport): SealedItem => ({
  ...report,
  id: toB64(report.id),
  envelope: toB64(report.envelope),
})
