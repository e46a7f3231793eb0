// Lists and seals the files of an invented report with the public pages' code.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { CEK_BYTES, CHUNK_SIZES } from '#protocol/limits'
import { fileId, paddedChunks, sealChunk } from '#protocol/file/seal-chunk'
import type { SealedFile } from '#protocol/report/plain-report'
import type { SampleFile } from '#scripts/demo/sample-files'

export interface SealedChunk {
  /** base64url of the file's id */
  file: string
  n: number
  bytes: Bytes
}

const [CHUNK] = CHUNK_SIZES

/** Makes a random key for a file, and describes the file as a report lists it. */
export const listFile = async ({ content, ...file }: SampleFile): Promise<SealedFile> => ({
  key: toB64(randomBytes(CEK_BYTES)),
  size: content.length,
  hash: toB64(await sha256(content)),
  chunk: CHUNK,
  ...file,
})

/** Seals the chunks of the file at a position in a report's list. */
export async function sealSample(
  report: Bytes,
  place: number,
  key: Bytes,
  content: Bytes,
): Promise<SealedChunk[]> {
  const stream = { id: fileId(report, place), key, size: content.length, chunk: CHUNK }
  return Promise.all(
    Array.from({ length: paddedChunks(content.length, CHUNK) }, async (_, n) => ({
      file: toB64(stream.id),
      n,
      bytes: await sealChunk(stream, n, content.subarray(n * CHUNK, (n + 1) * CHUNK)),
    })),
  )
}
