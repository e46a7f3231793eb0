// Records receipts that reporters end while a report may be waiting in the overflow. A waiting
// report may belong to such a receipt, and must not make the receipt work again. A note contains
// only hashes, and is kept only as long as the drain may need it.
import { toB64, type Bytes } from '#protocol/bytes'
import type { EndedReceipt } from './replies.ts'
import { listFrom } from '../overflow/lists.ts'

const FOLDER = 'ended/'
const keyOf = ({ ownerHash, tokenHash }: EndedReceipt): string =>
  `${FOLDER}${toB64(ownerHash)}/${toB64(tokenHash)}`

/** Maximum number of objects that R2 lists, or deletes, in one call. */
const AT_ONCE = 1000

/**
 * Records that a receipt was ended, without checking the receipt or the token. Each token has its
 * own note, so that a wrong token cannot replace the right token's note.
 */
export async function noteEnded(bucket: R2Bucket, ended: EndedReceipt): Promise<void> {
  await bucket.put(keyOf(ended), new Uint8Array())
}

/** Returns true when the receipt was ended with the write token of this hash. */
export const isNotedEnded = async (bucket: R2Bucket, ended: EndedReceipt): Promise<boolean> =>
  (await bucket.head(keyOf(ended))) !== null

/**
 * Deletes notes written before the time `ms`. Checks up to AT_ONCE notes, starting at the hash
 * `start` and wrapping around.
 */
export async function deleteEnded(bucket: R2Bucket, ms: number, start: Bytes): Promise<void> {
  const notes = await listFrom(bucket, FOLDER, AT_ONCE, `${FOLDER}${toB64(start)}`)
  const old = notes.filter(({ uploaded }) => uploaded.getTime() < ms).map(({ key }) => key)
  if (old.length > 0) await bucket.delete(old)
}
