// Sealed chunks in R2. No row of the database knows of them: the name is the file's id and the chunk's number, and nothing else.
import type { Bytes } from '#protocol/bytes'

/** `files` came with reports and are read by staff; `answers` came from staff and are read by whoever was told the id. */
export type Shelf = 'files' | 'answers'

const nameOf = (shelf: Shelf, id: string, n: number): string => `${shelf}/${id}/${n}`

/** Keeps a chunk unless there is one: what came first stays, whatever comes under its name later. */
export async function putChunkOnce(
  bucket: R2Bucket,
  shelf: Shelf,
  id: string,
  n: number,
  sealed: Bytes,
): Promise<void> {
  await bucket.put(nameOf(shelf, id, n), sealed, { onlyIf: { etagDoesNotMatch: '*' } })
}

/** The chunk as a stream, so that it never stands whole in memory; null when there is none. */
export async function findChunk(
  bucket: R2Bucket,
  shelf: Shelf,
  id: string,
  n: number,
): Promise<ReadableStream | null> {
  return (await bucket.get(nameOf(shelf, id, n)))?.body ?? null
}

/** Numbers of the chunks that are there, in no order. */
export async function listChunks(bucket: R2Bucket, shelf: Shelf, id: string): Promise<number[]> {
  const prefix = `${shelf}/${id}/`
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    for (const { key } of page.objects) numbers.push(Number(key.slice(prefix.length)))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
  return numbers
}
