// The search for the proof of work, while the person still thinks, so that "Send" has only to send. In short slices: typing must
// never stutter.
import { findProof } from '#protocol/proof'
import type { Bytes } from '#protocol/bytes'
import { pause } from './time.ts'

const SLICE_MS = 20
const TRIES = 50

/**
 * @param hash  of the envelope, 32 bytes
 * @returns the nonce; null when nobody waits for it any more
 */
export type FindProof = (hash: Bytes, isDropped: () => boolean) => Promise<number | null>

export const findInSlices: FindProof = async (hash, isDropped) => {
  for (let first = 0; !isDropped(); await pause(0)) {
    for (const end = Date.now() + SLICE_MS; Date.now() < end; first += TRIES) {
      const nonce = findProof(hash, Date.now(), first, TRIES)
      if (nonce !== null) return nonce
    }
  }
  return null
}
