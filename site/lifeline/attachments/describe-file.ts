// Checks a chosen file, and describes it for the report: its own key, its size and its hash. See
// SealedFile in plain-report.ts.
import { MAX_FILE_BYTES } from '#protocol/limits'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import type { Made, SealedFile } from '#protocol/report/plain-report'
import { chunkHere } from './chunk-size.ts'

const KEY_BYTES = 32
/**
 * The maximum length of a name or type. Longer names and types are shortened, because the size of a
 * report is limited.
 */
const MAX_CHARS = 80

/**
 * Returns the key of the sentence that explains the fault in a file, or '' when the file can be
 * sent.
 */
export const faultOfFile = ({ size }: { size: number }): '' | 'large' | 'empty' =>
  size > MAX_FILE_BYTES ? 'large' : size ? '' : 'empty'

/** Reads a file or a part of a file. Rejects when the device can no longer read these bytes. */
export const readBytes = async (blob: Blob): Promise<Bytes> =>
  new Uint8Array(await new Response(blob).arrayBuffer())

/**
 * Describes a file for the report.
 *
 * @param name  only for a file that is sent unchanged, because names can reveal people and dates
 */
export async function describe(blob: Blob, made: Made, name = ''): Promise<SealedFile> {
  const hash = await crypto.subtle.digest('SHA-256', await readBytes(blob))
  return {
    key: toB64(randomBytes(KEY_BYTES)),
    size: blob.size,
    hash: toB64(new Uint8Array(hash)),
    type: blob.type.slice(0, MAX_CHARS) || 'application/octet-stream',
    name: name.slice(-MAX_CHARS),
    chunk: chunkHere(blob.size),
    made,
  }
}
