// Sends chunks of files, as a phone does after it has sent its report.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { ask, freshEdge, idOf, sealed, submit, type Organisation } from './edge.ts'

export const SMALL = 8208
export const USUAL = 65_552

/** Makes a database with one report, and returns the id of its first file. */
export async function freshReport(): Promise<{ org: Organisation; report: string; id: string }> {
  const org = await freshEdge()
  const envelope = await sealed(org)
  const report = await idOf(envelope)
  await submit(envelope)
  return { org, report, id: fileIn(report) }
}

export const fileIn = (owner: string, place = 0): string => toB64(fileId(fromB64(owner), place))

/** Fills a chunk with a pattern, because the random source returns at most 65,536 bytes at once. */
export const chunkOf = (length: number): Bytes =>
  new Uint8Array(length).fill(7).map((_, at) => at % 251)

export const putChunk = (
  address: string,
  body: BodyInit = chunkOf(SMALL),
  changes = {},
  headers = {},
) =>
  ask(
    `/api/files/${address}`,
    {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    },
    changes,
  )
