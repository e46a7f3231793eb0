// Checks the log of a case against the last checkpoint. A browser that never saw the case then
// notices that a server has cut the log.
import { fromB64, sameBytes } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { headInBucket } from '#protocol/staff/checkpoint'
import { type LedgerRow } from '#protocol/staff/ledger'
import { type Roster } from '#protocol/staff/roster-state'
import { fetchBucket } from '../api/ledger-api.ts'

/**
 * Compares the rows of a case's log with the leaf of the last checkpoint.
 *
 * @param roster  of a whole ledger
 * @param caseId  base64url
 * @param rows    the whole log of the case, oldest first
 * @returns `older` when the rows do not reach the head that the checkpoint has. `unknown` without a
 *   checkpoint, and for a case that is newer than the checkpoint.
 * @throws Refusal `malformed` for a bucket of another digest than the signed one
 * @throws Refusal `not_found` for a checkpoint that the server does not show
 */
export async function checkAgainstCheckpoint(
  { checkpoint }: Pick<Roster, 'checkpoint'>,
  caseId: string,
  rows: readonly LedgerRow[],
): Promise<'held' | 'older' | 'unknown'> {
  if (!checkpoint) return 'unknown'
  const id = fromB64(caseId)
  const sent = await fetchBucket(checkpoint.row, id[0] ?? 0)
  const leaf = await headInBucket(sent, id, fromB64(checkpoint.digest))
  if (!leaf) return 'unknown'
  let hash = NO_ROW
  for (const { statement, signature } of rows.slice(0, leaf.n))
    hash = await rowHash(hash, { statement, signature: fromB64(signature) })
  return rows.length >= leaf.n && sameBytes(hash, leaf.hash) ? 'held' : 'older'
}
