// Stores sealed chunks in R2. No database row refers to chunks. The name of an object contains only
// the file's id and the chunk's number.
import type { Bytes } from '#protocol/bytes'
import { listFrom } from '../overflow/lists.ts'

/**
 * `files` contains files from reports, for the staff. `answers` contains files from replies, for
 * anybody who has the id.
 */
export type ChunkArea = 'files' | 'answers'

const nameOf = (area: ChunkArea, id: string, n: number): string => `${area}/${id}/${n}`

/** Stores a chunk, unless the storage already has one with this name: the first chunk is kept. */
export async function putChunkOnce(
  bucket: R2Bucket,
  area: ChunkArea,
  id: string,
  n: number,
  sealed: Bytes,
): Promise<void> {
  await bucket.put(nameOf(area, id, n), sealed, { onlyIf: { etagDoesNotMatch: '*' } })
}

/** Returns true when the storage contains the chunk. */
export const hasChunk = async (
  bucket: R2Bucket,
  area: ChunkArea,
  id: string,
  n: number,
): Promise<boolean> => (await bucket.head(nameOf(area, id, n))) !== null

/**
 * Returns a chunk as a stream, so that a complete chunk is never in memory; null when there is
 * none.
 */
export async function findChunk(
  bucket: R2Bucket,
  area: ChunkArea,
  id: string,
  n: number,
): Promise<ReadableStream | null> {
  return (await bucket.get(nameOf(area, id, n)))?.body ?? null
}

/** Lists the numbers of the stored chunks of a file, in no particular order. */
export async function listChunks(bucket: R2Bucket, area: ChunkArea, id: string): Promise<number[]> {
  const prefix = `${area}/${id}/`
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    for (const { key } of page.objects) numbers.push(Number(key.slice(prefix.length)))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
  return numbers
}

/** Maximum number of objects that R2 lists, or deletes, in one call. */
const AT_ONCE = 1000

/**
 * Lists the ids of report files that have a chunk on one page of the list, which starts at `start`.
 */
export async function listFilesFrom(bucket: R2Bucket, start: string): Promise<string[]> {
  const objects = await listFrom(bucket, 'files/', AT_ONCE, `files/${start}`)
  return [...new Set(objects.map(({ key }) => key.split('/')[1] ?? ''))]
}

/** Deletes all chunks of a report's file. */
export async function dropFile(bucket: R2Bucket, id: string): Promise<void> {
  const keys = (await listChunks(bucket, 'files', id)).map((n) => nameOf('files', id, n))
  for (let at = 0; at < keys.length; at += AT_ONCE)
    await bucket.delete(keys.slice(at, at + AT_ONCE))
}
