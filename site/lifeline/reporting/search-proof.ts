// Searches the proof of work while the person writes, so that "Send" need not wait for it.
// The search runs in short slices, so that typing never stutters.
import { findProof, proofBits } from '#protocol/crypto/proof-of-work'
import type { Bytes } from '#protocol/bytes'
import { GRADE_BITS, PROOF_GOAL_BITS } from '#protocol/limits'
import { pause } from '../network/timeout.ts'

const SLICE_MS = 12
const TRIES = 50

/**
 * Searches ever better proofs, until one has PROOF_GOAL_BITS or `isOver` returns true.
 *
 * @param headerId  16 random bytes of the envelope's header
 * @param found     called with the nonce of each proof that is better than all before
 */
export type SearchProof = (
  headerId: Bytes,
  found: (nonce: number) => void,
  isOver: () => unknown,
) => Promise<void>

export const searchInSlices: SearchProof = async (headerId, found, isOver) => {
  let first = 0
  for (let bits: number = GRADE_BITS[0]; bits <= PROOF_GOAL_BITS && !isOver();) {
    for (const end = Date.now() + SLICE_MS; Date.now() < end && bits <= PROOF_GOAL_BITS;) {
      const nonce = findProof(headerId, Date.now(), first, TRIES, bits)
      first = nonce === null ? first + TRIES : nonce + 1
      if (nonce === null) continue
      bits = proofBits(headerId, Date.now(), nonce) + 1
      found(nonce)
    }
    await pause(0)
  }
}
