// Stores the pieces of the search index in R2, grouped by the generation of the team key that opens
// them. A tag lets only the first of two writers replace a piece.
import { FIRST } from '../overflow/objects.ts'

/** A stored piece and the tag of its version. */
export interface KeptPiece {
  n: number
  etag: string
}

/** Maximum number of objects that R2 lists, or deletes, in one call. */
const AT_ONCE = 1000

const folderOf = (generation: number): string => `pieces/${generation}/`
const keyOf = (generation: number, n: number): string => `${folderOf(generation)}${n}`

/** Lists up to 1,000 pieces of a generation. */
export async function listKeptPieces(bucket: R2Bucket, generation: number): Promise<KeptPiece[]> {
  const prefix = folderOf(generation)
  const { objects } = await bucket.list({ prefix, limit: AT_ONCE })
  return objects.map(({ key, etag }) => ({ n: Number(key.slice(prefix.length)), etag }))
}

/** Returns a piece as a stream, because sending a stream uses no CPU time; null without a piece. */
export const findPiece = async (
  bucket: R2Bucket,
  generation: number,
  n: number,
): Promise<ReadableStream | null> => (await bucket.get(keyOf(generation, n)))?.body ?? null

/**
 * Stores a piece.
 *
 * @param former  tag of the version that the piece replaces; null for a new piece
 * @returns the new tag; null when another version is stored, and then nothing changes
 */
export async function putPiece(
  bucket: R2Bucket,
  generation: number,
  n: number,
  { sealed, former }: { sealed: Uint8Array; former: string | null },
): Promise<string | null> {
  const options = former === null ? FIRST : { onlyIf: { etagMatches: former } }
  const object = await bucket.put(keyOf(generation, n), sealed, options)
  return object?.etag ?? null
}

/** Deletes all pieces of a generation. */
export async function dropPieces(bucket: R2Bucket, generation: number): Promise<void> {
  for (;;) {
    const { objects } = await bucket.list({ prefix: folderOf(generation), limit: AT_ONCE })
    if (objects.length === 0) return
    await bucket.delete(objects.map(({ key }) => key))
  }
}
