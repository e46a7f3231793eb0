// Stores a chunk of a file that the staff send to a reporter. The reply that lists the file has a
// row in the case log; the chunk has none. Without that reply, the file's id and key are unknown.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { findState } from '#worker/store/cases/growth'
import type { ChunkAddress } from './chunk-address.ts'
import { requireChunkPlace, storeChunk } from './accept-chunk.ts'

/**
 * Stores a chunk for a reporter.
 *
 * @throws Refusal `not_allowed`, `malformed`, `not_found`; `no_return_number` when there is no
 *   receipt with which a person could fetch the chunk; `unavailable`
 */
export async function acceptReplyChunk(
  deps: StaffDeps,
  report: string,
  address: ChunkAddress,
  sealed: Bytes,
): Promise<void> {
  const reportId = await requireCase(deps, report)
  requireChunkPlace(address, sealed)
  const state = await findState(deps.db, reportId)
  if (!state) throw new Refusal('not_found')
  if (!state.answerable) throw new Refusal('no_return_number')
  await storeChunk(deps, 'answers', address, sealed)
}
