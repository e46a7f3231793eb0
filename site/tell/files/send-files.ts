// Sends the files of a report that has arrived: chunk after chunk, each sealed just before it goes.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { SealedFile } from '#protocol/report'
import { fileId, paddedChunks, sealChunk, type FileStream } from '#protocol/stream'
import { insist, type Patience } from './patience.ts'

export interface Outgoing {
  /** what the person knows it by */
  label: string
  blob: Blob
  sealed: SealedFile
}

/** Where an upload stands: what did not get through goes on from here. */
export interface Place {
  /** the next chunk of each file */
  next: number[]
  /** chunks that have arrived, of all files, in bytes */
  sent: number
}

export const beginning = (): Place => ({ next: [], sent: 0 })

/** Bytes of all chunks of all files, as `sent` counts them. */
export const wholeLength = (files: Outgoing[]): number =>
  files.reduce((sum, { sealed: { size, chunk } }) => sum + paddedChunks(size, chunk) * chunk, 0)

/**
 * @param owner  id of the envelope that lists the files
 * @param at     where to begin; moved on with every chunk that has arrived
 * @param read   bytes of a part of a file
 * @returns labels of the files that did not get through: not read from the device, or refused again and again. Called anew with the
 *   same place it tries them again. Null when it was stopped
 */
export async function sendFiles(
  owner: Bytes,
  files: Outgoing[],
  at: Place,
  patience: Patience,
  read: (part: Blob) => Promise<Bytes>,
  onMove: () => void,
): Promise<string[] | null> {
  const lost: string[] = []
  for (const [place, { label, blob, sealed }] of files.entries()) {
    const { size, chunk } = sealed
    const stream: FileStream = { id: fileId(owner, place), key: fromB64(sealed.key), size, chunk }
    const path = '/api/files/' + toB64(stream.id) + '/'
    const count = paddedChunks(size, chunk)
    for (let n = at.next[place] || 0; n < count; at.next[place] = ++n) {
      const part = await read(blob.slice(n * chunk, (n + 1) * chunk)).catch(() => null)
      const taken =
        part &&
        (await insist(patience, 204, path + String(n), chunk, await sealChunk(stream, n, part)))
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
