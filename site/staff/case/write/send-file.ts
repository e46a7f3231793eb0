// Seals a file in the browser for a reporter, and sends it chunk by chunk. The reply that lists the
// file is sent afterwards. See [Note: files].
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES, CHUNK_SIZES, HASH_BYTES, ID_BYTES, MAX_FILE_BYTES } from '#protocol/limits'
import { type ReplyFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks, sealChunk, type FileStream } from '#protocol/file/seal-chunk'
import { putChunk } from '../../api/case-api.ts'
import { withRetries } from '../../api/with-retries.ts'

/**
 * The extension shows the kind of file, so a long name is shortened at its beginning. A reply has
 * little room for names.
 */
const NAME_CHARS = 40
const TYPE_CHARS = 80
const [CHUNK] = CHUNK_SIZES

type Chosen = Pick<File, 'name' | 'type' | 'size'>

/**
 * Makes an entry that already has its final length. Only the key, hash and id are unknown until the
 * file is read.
 */
export const entryOf = (
  { name, type, size }: Chosen,
  { id, key, hash }: Pick<FileStream, 'id' | 'key'> & { hash: Bytes } = {
    id: fileId(new Uint8Array(ID_BYTES), 0),
    key: new Uint8Array(CEK_BYTES),
    hash: new Uint8Array(HASH_BYTES),
  },
): ReplyFile => ({
  id: toB64(id),
  key: toB64(key),
  size,
  hash: toB64(hash),
  type: type.slice(0, TYPE_CHARS),
  name: name.slice(-NAME_CHARS),
  chunk: CHUNK,
  made: 'as_is',
})

/** Returns the reason why a file cannot be sent, or null if it can. */
export const whyUnsendable = ({ size }: Pick<Chosen, 'size'>) =>
  size === 0 ? 'file_empty' : size > MAX_FILE_BYTES ? 'file_too_large' : null

export const chunksOf = ({ size }: Chosen): number => paddedChunks(size, CHUNK)

/**
 * @param report  report id, base64url
 * @param place  position of the file in the reply
 * @throws Refusal `file_empty`, `file_too_large`, `no_return_number`, and the errors from putChunk
 *   after four attempts
 */
export async function sendFile(
  report: string,
  place: number,
  chosen: File,
  onSent: () => void,
  signal: AbortSignal,
): Promise<ReplyFile> {
  const fault = whyUnsendable(chosen)
  if (fault) throw new Refusal(fault)
  const content = await contentOf(chosen)
  const id = fileId(randomBytes(ID_BYTES), place)
  const file: FileStream = { id, key: randomBytes(CEK_BYTES), size: content.length, chunk: CHUNK }
  for (let n = 0; n < paddedChunks(file.size, CHUNK); n++) {
    const sealed = await sealChunk(file, n, content.subarray(n * CHUNK, (n + 1) * CHUNK))
    await withRetries(() => putChunk(report, toB64(id), n, sealed, signal), signal)
    onSent()
  }
  return entryOf(chosen, { ...file, hash: await sha256(content) })
}

// The browser can no longer read a file that has been moved or changed since it was chosen.
async function contentOf(chosen: File): Promise<Bytes> {
  try {
    return new Uint8Array(await chosen.arrayBuffer())
  } catch (cause) {
    throw new Refusal('file_empty', { cause })
  }
}
