// Stores a chunk of a file that a report or follow-up lists. The edge can read neither the chunk
// nor the list.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_FILE_BYTES, TAG_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { withTimeout } from '#worker/with-timeout'
import { hasChunk, putChunkOnce, type ChunkArea } from '#worker/store/reports/files'
import type { ChunkAddress } from './chunk-address.ts'
import { reportExists } from './report-exists.ts'

/**
 * Stores the first chunk that arrives for an address. A later chunk for the same address changes
 * nothing, but its sender receives the same response.
 *
 * @param sealed  a sealed chunk, of an allowed length
 * @param headerId  header id of the report that lists the file; null when the page did not send
 *   the id
 * @returns false when the rate limit stops the chunk; the caller retries later
 * @throws Refusal `malformed` for a chunk number that no file with chunks of this length can
 *   contain. `not_found` when no report or follow-up with this id has arrived. `unavailable` when
 *   R2 fails.
 */
export async function acceptChunk(
  deps: Deps,
  address: ChunkAddress,
  sealed: Bytes,
  headerId: Bytes | null,
): Promise<boolean> {
  requireChunkPlace(address, sealed)
  const { id, n, owner } = address
  const [isKnown, isStored] = await Promise.all([
    reportExists(deps, owner, headerId),
    // Reads first, because a write costs twelve times as much as a read, and anybody can send a
    // chunk again.
    withTimeout(() => hasChunk(deps.bucket, 'files', id, n)),
  ])
  if (!isKnown) throw new Refusal('not_found')
  return isStored === true || requireRate(deps, address, sealed)
}

/** Stores a chunk of a known report. Returns false when the rate limit stops the chunk. */
export async function requireRate(
  deps: Deps,
  address: ChunkAddress,
  sealed: Bytes,
): Promise<boolean> {
  if (!(await deps.isWithinRate(address.owner))) return false
  await storeChunk(deps, 'files', address, sealed)
  return true
}

/**
 * Throws Refusal `malformed` for a chunk number that no file with chunks of this length can
 * contain.
 */
export function requireChunkPlace({ n }: ChunkAddress, sealed: Bytes): void {
  if (n >= MAX_FILE_BYTES / (sealed.length - TAG_BYTES)) throw new Refusal('malformed')
}

/** Stores a chunk. Throws Refusal `unavailable` when R2 fails; the page then retries. */
export async function storeChunk(
  deps: Deps,
  area: ChunkArea,
  { id, n }: Pick<ChunkAddress, 'id' | 'n'>,
  sealed: Bytes,
): Promise<void> {
  try {
    await putChunkOnce(deps.bucket, area, id, n, sealed)
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
