// Takes in a chunk of a file that a colleague sends to a reporter. It gets no audit row of its own: the answer that lists the file
// does, and without that answer nobody knows the file's id or key.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { findAnswerable } from '#worker/store/changes'
import { bytesOf } from '#worker/wire'
import type { ChunkAddress } from './chunk-address.ts'
import { requirePlace, storeChunk } from './keep-chunk.ts'

/** Throws Refusal `not_allowed`, `malformed`, `not_found`; `no_return_number` when nobody could fetch it; `unavailable`. */
export async function keepAnswerChunk(
  deps: StaffDeps,
  report: string,
  address: ChunkAddress,
  sealed: Bytes,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requirePlace(address, sealed)
  const answerable = await findAnswerable(deps.db, bytesOf(report))
  if (answerable === null) throw new Refusal('not_found')
  if (!answerable) throw new Refusal('no_return_number')
  await storeChunk(deps, 'answers', address, sealed)
}
