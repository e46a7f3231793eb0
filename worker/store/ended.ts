// Numbers that were ended while anything waited in R2: what waits may belong to one of them, and must not bring it to life again.
// Only hashes are kept, and no longer than they may be needed.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { EndedNumber } from './answers.ts'
import { listFrom } from './overflow.ts'

const FOLDER = 'ended/'
const keyOf = (lookupHash: Bytes): string => `${FOLDER}${toB64(lookupHash)}`

/** As many as R2 lists, and deletes, in one call. */
const AT_ONCE = 1000

/** Notes that a number was ended. Whether there is such a number, or the token is its own, is not known here. */
export async function noteEnded(
  bucket: R2Bucket,
  { lookupHash, tokenHash }: EndedNumber,
): Promise<void> {
  const customMetadata = { tokenHash: toB64(tokenHash) }
  await bucket.put(keyOf(lookupHash), new Uint8Array(), { customMetadata })
}

/** SHA-256 of the write token with which a number was ended; null when it was not. */
export async function findEnded(bucket: R2Bucket, lookupHash: Bytes): Promise<Bytes | null> {
  const tokenHash = (await bucket.head(keyOf(lookupHash)))?.customMetadata?.['tokenHash']
  return tokenHash ? fromB64(tokenHash) : null
}

/** Deletes notes that were put before `ms`, looking at no more than one call lists, from that of the hash `start` on and round. */
export async function deleteEnded(bucket: R2Bucket, ms: number, start: Bytes): Promise<void> {
  const notes = await listFrom(bucket, FOLDER, AT_ONCE, keyOf(start))
  const old = notes.filter(({ uploaded }) => uploaded.getTime() < ms).map(({ key }) => key)
  if (old.length > 0) await bucket.delete(old)
}
