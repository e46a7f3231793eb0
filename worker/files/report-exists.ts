// Checks whether a report exists. The edge stores chunks only for an existing report, so that the
// storage cannot be used for anything else. A page therefore sends the report before its chunks.
import type { Bytes } from '#protocol/bytes'
import type { Deps } from '#worker/deps'
import { isWaiting } from '#worker/store/overflow/objects'
import { isStored } from '#worker/store/reports/reports'
import { isMarked } from '#worker/store/overflow/waiting-mark'

/**
 * Returns true when the database or the overflow contains a report or follow-up with this id. Also
 * returns true when the database or R2 fails, because a stored report must not lose its files.
 *
 * @param headerId  finds a waiting report that has a proof of work; null when the page did not
 *   send the header id
 */
export async function reportExists(
  { db, bucket }: Deps,
  id: Bytes,
  headerId: Bytes | null,
): Promise<boolean> {
  for (const isThere of [() => isStored(db, id), () => waits(bucket, id, headerId)])
    try {
      if (await isThere()) return true
    } catch {
      return true
    }
  return false
}

const waits = async (bucket: R2Bucket, id: Bytes, headerId: Bytes | null): Promise<boolean> =>
  (await isMarked(bucket)) && (await isWaiting(bucket, id, headerId))
