// Reads sealed chunks: report files for intake and the assigned caseworker, reply files without a
// session. The id of a reply's file is random, and only the sealed reply contains it.
import { fromB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Deps, StaffDeps } from '#worker/deps'
import { requireLetter } from '#worker/auth/require-case'
import { claimFile } from '#worker/store/reports/claimed-files'
import { findChunk, listChunks, type ChunkArea } from '#worker/store/reports/files'
import type { ChunkAddress, FileAddress } from './chunk-address.ts'

/** Reads a chunk of a file in a reply. Throws Refusal `not_found`, `unavailable`. */
export const readReplyChunk = (deps: Deps, address: ChunkAddress): Promise<ReadableStream> =>
  readFrom(deps, 'answers', address)

/**
 * Reads a chunk of a file in a report. Throws Refusal `not_allowed`, `not_found`, `unavailable`.
 */
export async function readFileChunk(
  deps: StaffDeps,
  address: ChunkAddress,
): Promise<ReadableStream> {
  await requireLetter(deps, address.owner)
  return readFrom(deps, 'files', address)
}

/**
 * Lists the chunks of a file that have arrived, and marks the file as listed. The app calls this
 * function for every file that an opened report lists. The clock can thus identify these files
 * without reading the sealed list.
 *
 * @throws Refusal `not_allowed`, `unavailable`; `not_found` for a caseworker who does not have the
 *   case
 */
export async function listArrived(deps: StaffDeps, { id, owner }: FileAddress): Promise<number[]> {
  await requireLetter(deps, owner)
  try {
    await claimFile(deps.db, fromB64(id))
    return await listChunks(deps.bucket, 'files', id)
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}

async function readFrom(
  deps: Deps,
  area: ChunkArea,
  { id, n }: ChunkAddress,
): Promise<ReadableStream> {
  const chunk = await findChunk(deps.bucket, area, id, n).catch((cause: unknown) => {
    throw new Refusal('unavailable', { cause })
  })
  if (!chunk) throw new Refusal('not_found')
  return chunk
}
