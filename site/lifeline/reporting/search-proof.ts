// Searches the proof of work while the person still thinks, so that "Send" need not wait for it.
// The search runs in short slices, so that typing never stutters.
import { findProof } from '#protocol/crypto/proof-of-work'
import type { Bytes } from '#protocol/bytes'
import { pause } from '../network/timeout.ts'

const SLICE_MS = 20
const TRIES = 50

/**
 * Searches the nonce of a proof.
 *
 * @param headerId  16 random bytes of the envelope's header
 * @returns the nonce; null when the draft was dropped
 */
export type FindProof = (headerId: Bytes, isDropped: () => boolean) => Promise<number | null>

export const searchInSlices: FindProof = async (headerId, isDropped) => {
  for (let first = 0; !isDropped();) {
    for (const end = Date.now() + SLICE_MS; Date.now() < end; first += TRIES) {
      const nonce = findProof(headerId, Date.now(), first, TRIES)
      if (nonce !== null) return nonce
    }
    await pause(0)
  }
  return null
}
