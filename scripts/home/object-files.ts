// Stores the objects of a bucket in files. A file contains the length of its head, the head as
// JSON, and the bytes. A new file replaces the old file in one step, so that a crash leaves the old
// file intact.
import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { concat, u32, utf8, type Bytes } from '#protocol/bytes'

const LENGTH_BYTES = 4
/** The file name extension of an unfinished file. */
const UNFINISHED = '.part'

const Head = z.object({
  key: z.string(),
  size: z.number(),
  customMetadata: z.record(z.string(), z.string()),
  /** milliseconds since 1970 */
  uploaded: z.number(),
  /** MD5 of the bytes, as in R2 */
  etag: z.string(),
})
type Head = z.infer<typeof Head>

export interface BucketObject extends Head {
  readonly bytes: Bytes
}

/** Derives a file name from a hash, because some file systems ignore the letter case of names. */
const pathOf = (folder: string, key: string): string =>
  join(folder, createHash('sha256').update(key).digest('hex'))

/** Rereads the bytes of an object for each caller, so that memory contains only the heads. */
const lazyObject = (path: string, head: Head): BucketObject => ({
  ...head,
  get bytes() {
    return partsOf(path).bytes
  },
})

function partsOf(path: string): { head: Head; bytes: Bytes } {
  const whole = new Uint8Array(readFileSync(path))
  const bodyAt = LENGTH_BYTES + new DataView(whole.buffer).getUint32(0)
  const head = new TextDecoder().decode(whole.subarray(LENGTH_BYTES, bodyAt))
  return { head: Head.parse(JSON.parse(head)), bytes: whole.slice(bodyAt) }
}

/** Waits until the names in a folder have been written to disk. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Writes an object to disk. @returns the object, whose bytes are not kept in memory */
export function writeObject(folder: string, { bytes, ...head }: BucketObject): BucketObject {
  const path = pathOf(folder, head.key)
  const headBytes = utf8(JSON.stringify(head))
  const whole = concat(u32(headBytes.length), headBytes, bytes)
  writeFileSync(path + UNFINISHED, whole, { flush: true })
  renameSync(path + UNFINISHED, path)
  syncFolder(folder)
  return lazyObject(path, head)
}

export function removeObject(folder: string, key: string): void {
  rmSync(pathOf(folder, key))
  syncFolder(folder)
}

/** Reads all objects in a folder, and removes files that a crash left unfinished. */
export function readObjects(folder: string): BucketObject[] {
  mkdirSync(folder, { recursive: true })
  const [unfinished, whole] = [true, false].map((isUnfinished) =>
    readdirSync(folder).filter((name) => name.endsWith(UNFINISHED) === isUnfinished),
  )
  for (const name of unfinished ?? []) rmSync(join(folder, name))
  return (whole ?? []).map((name) => {
    const path = join(folder, name)
    return lazyObject(path, partsOf(path).head)
  })
}
