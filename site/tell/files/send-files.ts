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

/** Where an upload stands: a stopped one goes on from here. */
export interface Place {
  file: number
  chunk: number
  /** chunks that have arrived, of all files, in bytes */
  sent: number
  /** labels of files that cannot go: not read from the device any more, or refused */
  lost: string[]
}

export const beginning = (): Place => ({ file: 0, chunk: 0, sent: 0, lost: [] })

const lengthOf = ({ size, chunk }: SealedFile): number => paddedChunks(size, chunk) * chunk

/** Bytes of all chunks of all files, as `sent` counts them. */
export const wholeLength = (files: Outgoing[]): number =>
  files.reduce((sum, { sealed }) => sum + lengthOf(sealed), 0)

/**
 * @param owner  id of the envelope that lists the files
 * @param at     where to begin; moved on with every chunk that has arrived
 * @param read   bytes of a part of a file
 * @returns true at the end, false when it was stopped
 */
export async function sendFiles(
  owner: Bytes,
  files: Outgoing[],
  at: Place,
  patience: Patience,
  read: (part: Blob) => Promise<Bytes>,
  onMove: () => void,
): Promise<boolean> {
  for (; at.file < files.length; at.file++, at.chunk = 0) {
    const { label, blob, sealed } = files[at.file] as Outgoing
    const { size, chunk } = sealed
    const stream: FileStream = { id: fileId(owner, at.file), key: fromB64(sealed.key), size, chunk }
    const path = '/api/files/' + toB64(stream.id) + '/'
    for (const count = paddedChunks(size, chunk); at.chunk < count; at.chunk++) {
      const part = await read(blob.slice(at.chunk * chunk, (at.chunk + 1) * chunk)).catch(
        () => null,
      )
      const taken =
        part &&
        (await insist(
          patience,
          204,
          path + String(at.chunk),
          chunk,
          await sealChunk(stream, at.chunk, part),
        ))
      if (patience.isStopped()) return false
      if (!taken) {
        at.sent += (count - at.chunk) * chunk
        at.lost.push(label)
        break
      }
      at.sent += chunk
      onMove()
    }
  }
  return true
}
