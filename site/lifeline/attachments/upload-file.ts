// Sends the files of a report that has arrived, chunk by chunk. Seals a chunk just before sending.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { headerIdOf, reportIdOf } from '#protocol/report/envelope'
import type { SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks, sealChunk, type FileStream } from '#protocol/file/seal-chunk'
import { retryChunk, type RetryOptions } from '../network/retry-chunk.ts'

export interface Outgoing {
  /** the name that the person sees */
  label: string
  blob: Blob
  sealed: SealedFile
}

/** The progress of an upload. A later call continues from here. */
export interface UploadProgress {
  /** the next chunk of each file */
  next: number[]
  /** total bytes of the chunks that have arrived, across all files */
  sent: number
}

export const beginning = (): UploadProgress => ({ next: [], sent: 0 })

/** Returns the total bytes of all chunks of all files, in the unit of `sent`. */
export const wholeLength = (files: Outgoing[]): number =>
  files.reduce((sum, { sealed: { size, chunk } }) => sum + paddedChunks(size, chunk) * chunk, 0)

/**
 * Sends files, beginning at `at`. A later call with the same `at` retries the files that failed.
 *
 * @param envelope  the report that lists the files and has already arrived
 * @param at     the chunk to start at; it advances with every chunk that has arrived
 * @param read   reads a part of a file
 * @returns labels of files that were unreadable or refused repeatedly; null after a stop
 */
export async function uploadFiles(
  envelope: Bytes,
  files: Outgoing[],
  at: UploadProgress,
  patience: RetryOptions,
  read: (part: Blob) => Promise<Bytes>,
  onMove: () => void,
): Promise<string[] | null> {
  const lost: string[] = []
  const owner = await reportIdOf(envelope)
  const headers = { 'oasis-header': toB64(headerIdOf(envelope)) }
  for (const [place, { label, blob, sealed }] of files.entries()) {
    const { size, chunk } = sealed
    const stream: FileStream = { id: fileId(owner, place), key: fromB64(sealed.key), size, chunk }
    const path = '/api/files/' + toB64(stream.id) + '/'
    const count = paddedChunks(size, chunk)
    for (let n = at.next[place] || 0; n < count; at.next[place] = ++n) {
      const part = await read(blob.slice(n * chunk, (n + 1) * chunk)).catch(() => null)
      const taken =
        part &&
        (await retryChunk(
          patience,
          204,
          path + String(n),
          chunk,
          await sealChunk(stream, n, part),
          headers,
        ))
      if (patience.isStopped()) return null
      if (!taken) {
        lost.push(label)
        break
      }
      at.sent += chunk
      onMove()
    }
  }
  return lost
}
