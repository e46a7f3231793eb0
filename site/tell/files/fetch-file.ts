// Fetches a file that staff sent, chunk after chunk, and opens it. What does not open, or is not what the answer says, is not shown.
import { fromB64, sameBytes, type Bytes } from '#protocol/bytes'
import { CHUNK_SIZES, MAX_FILE_BYTES } from '#protocol/limits'
import { openChunk } from '#protocol/open-chunk'
import type { AnswerFile } from '#protocol/report'
import { paddedChunks } from '#protocol/stream'
import { bytesOf } from './describe.ts'
import { insist, type Patience } from './patience.ts'

/** What has come of a file: one that got stuck goes on from here. */
export type Parts = Bytes[]

/** True for a list entry that a file can be fetched by. Answers are sealed, but a mistake of ours must not hang the page. */
export const isFetchable = ({ size, chunk }: AnswerFile): boolean =>
  size >= 0 && size <= MAX_FILE_BYTES && (CHUNK_SIZES as readonly number[]).includes(chunk)

/**
 * The content, of its type; null when it got stuck on the way. Chunks that only fill up are not fetched.
 *
 * @throws when it is broken
 */
export async function fetchFile(
  file: AnswerFile,
  parts: Parts,
  patience: Patience,
  onMove: () => void,
): Promise<Blob | null> {
  const { size, chunk, type } = file
  const stream = { id: fromB64(file.id), key: fromB64(file.key), size, chunk }
  const count = Math.min(paddedChunks(size, chunk), Math.max(1, Math.ceil(size / chunk)))
  while (parts.length < count) {
    const n = parts.length
    const reply = await insist(patience, 200, '/api/files/' + file.id + '/' + String(n), chunk)
    if (!reply) return null
    parts.push(await openChunk(stream, n, reply.bytes))
    onMove()
  }
  const blob = new Blob(parts, { type })
  const hash = await crypto.subtle.digest('SHA-256', await bytesOf(blob))
  if (blob.size !== size || !sameBytes(new Uint8Array(hash), fromB64(file.hash)))
    throw new Error('not what the answer says')
  return blob
}
