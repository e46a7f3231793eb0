// Finds and grades a proof of work. A proof is a nonce. The value of a proof is the number of
// leading zero bits of SHA-256(label ‖ header id ‖ day ‖ nonce). Day and nonce are u32, big endian.
// More bits earn a higher grade. The edge also stores a report without a proof, with grade 0.
import { dayNumber } from '../time.ts'
import { concat, u32, utf8, type Bytes } from '../bytes.ts'
import { GRADE_BITS, type Grade } from '../limits.ts'
import { sha256Words } from './sha256-sync.ts'

const LABEL = utf8('oasis/v1/proof')
const NONCE_BYTES = 4

/** Returns a function that counts the leading zero bits that a nonce yields for one day. */
function bitsOn(headerId: Bytes, day: number): (nonce: number) => number {
  const message = concat(LABEL, headerId, u32(day), u32(0))
  const view = new DataView(message.buffer)
  return (nonce) => {
    view.setUint32(message.length - NONCE_BYTES, nonce)
    const words = sha256Words(message)
    const first = words[0] || 0
    return first === 0 ? 32 + Math.clz32(words[1] || 0) : Math.clz32(first)
  }
}

/**
 * Tries `count` nonces, beginning with `first`. The page is blocked during the search, so callers
 * search in slices.
 *
 * @param headerId  16 random bytes of the envelope's header
 * @param nowMs  the time, which determines the day
 * @param bits      number of leading zero bits that the proof must have
 * @returns the first nonce that is a sufficient proof, or null if there is none
 */
export function findProof(
  headerId: Bytes,
  nowMs: number,
  first: number,
  count: number,
  bits: number = GRADE_BITS[0],
): number | null {
  const bitsOf = bitsOn(headerId, dayNumber(nowMs))
  for (let nonce = first; nonce < first + count; nonce++) if (bitsOf(nonce) >= bits) return nonce
  return null
}

/**
 * Returns the number of leading zero bits of a proof: the best result for yesterday, today and
 * tomorrow (UTC). The edge accepts proofs for these days, because the clocks of old phones are
 * often wrong.
 *
 * @param headerId  16 random bytes of the envelope's header
 */
export const proofBits = (headerId: Bytes, nowMs: number, nonce: number): number =>
  Math.max(...[-1, 0, 1].map((shift) => bitsOn(headerId, dayNumber(nowMs) + shift)(nonce)))

/** Returns the grade of a proof: 0 below the first of GRADE_BITS, 3 from the last one upwards. */
export const gradeOfBits = (bits: number): Grade =>
  bits < GRADE_BITS[0] ? 0 : bits < GRADE_BITS[1] ? 1 : bits < GRADE_BITS[2] ? 2 : 3
