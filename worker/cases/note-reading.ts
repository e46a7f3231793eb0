// Stores a mark which shows that a colleague is reading a person's messages now. The colleague's
// device sealed the mark under a key derived from the receipt, so the edge cannot forge marks.
import { Refusal } from '#protocol/errors'
import type { SealedReading } from '#protocol/staff/case-log/bodies'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { findReplyAddress, putReadingMark } from '#worker/store/reports/reading-mark'
import { parseB64 } from '#worker/parse'

/**
 * @throws Refusal `not_allowed`, `malformed`; `no_return_number` when there is no receipt with
 *   which a person could find the mark
 */
export async function noteReading(
  deps: StaffDeps,
  id: string,
  { sealed }: SealedReading,
): Promise<void> {
  const caseId = await requireCase(deps, id)
  const ownerHash = await findReplyAddress(deps.db, caseId)
  if (ownerHash === null) throw new Refusal('no_return_number')
  await putReadingMark(deps.bucket, { ownerHash, sealed: parseB64(sealed) }, deps.now())
}
