// Takes in a chunk of a file that a report or follow-up lists. Neither the bytes nor what they belong to can be read here.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_FILE_BYTES, TAG_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { putChunkOnce, type Shelf } from '#worker/store/files'
import type { ChunkAddress } from './chunk-address.ts'
import { isKnownReport } from './known-report.ts'

/**
 * Keeps the chunk that came first: the same again, or another, changes nothing and is told nothing.
 *
 * @param sealed  of a length that a chunk may have
 * @returns false when chunks come faster than they may: try again later
 * @throws Refusal `malformed` for a number that no file in chunks of this length has; `not_found` when nothing with this id
 *   was sent; `unavailable`
 */
export async function keepChunk(
  deps: Deps,
  address: ChunkAddress,
  sealed: Bytes,
): Promise<boolean> {
  requirePlace(address, sealed)
  if (!(await isKnownReport(deps, address.owner))) throw new Refusal('not_found')
  return keepInPace(deps, address, sealed)
}

/** As keepChunk, for what is known to belong to a report. */
export async function keepInPace(
  deps: Deps,
  address: ChunkAddress,
  sealed: Bytes,
): Promise<boolean> {
  if (!(await deps.isWithinPace(address.owner))) return false
  await storeChunk(deps, 'files', address, sealed)
  return true
}

/** Throws Refusal `malformed`. */
export function requirePlace({ n }: ChunkAddress, sealed: Bytes): void {
  if (n >= MAX_FILE_BYTES / (sealed.length - TAG_BYTES)) throw new Refusal('malformed')
}

/** Throws Refusal `unavailable` when the storage fails: the page then tries again. */
export async function storeChunk(
  deps: Deps,
  shelf: Shelf,
  { id, n }: Pick<ChunkAddress, 'id' | 'n'>,
  sealed: Bytes,
): Promise<void> {
  try {
    await putChunkOnce(deps.bucket, shelf, id, n, sealed)
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
