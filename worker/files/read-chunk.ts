// Hands out sealed chunks: to intake what came with reports, to everybody what staff answered. An id of the latter is random and
// stands only in the sealed answer.
import { Refusal } from '#protocol/errors'
import type { Deps, StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { findChunk, listChunks, type Shelf } from '#worker/store/files'
import type { ChunkAddress, FileAddress } from './chunk-address.ts'

/** Throws Refusal `not_found`, `unavailable`. */
export const readAnswerChunk = (deps: Deps, address: ChunkAddress): Promise<ReadableStream> =>
  readFrom(deps, 'answers', address)

/** Throws Refusal `not_allowed`, `not_found`, `unavailable`. */
export async function readFileChunk(
  deps: StaffDeps,
  address: ChunkAddress,
): Promise<ReadableStream> {
  requireRole(deps.actor, 'intake')
  return readFrom(deps, 'files', address)
}

/** Numbers of the chunks of a file that have arrived. Throws Refusal `not_allowed`, `unavailable`. */
export async function listArrived(deps: StaffDeps, { id }: FileAddress): Promise<number[]> {
  requireRole(deps.actor, 'intake')
  try {
    return await listChunks(deps.bucket, 'files', id)
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}

async function readFrom(
  deps: Deps,
  shelf: Shelf,
  { id, n }: ChunkAddress,
): Promise<ReadableStream> {
  const chunk = await findChunk(deps.bucket, shelf, id, n).catch((cause: unknown) => {
    throw new Refusal('unavailable', { cause })
  })
  if (!chunk) throw new Refusal('not_found')
  return chunk
}
