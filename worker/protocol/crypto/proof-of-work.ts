// Finds and checks a proof of work.
// A proof is a nonce: SHA-256(header id ‖ day ‖ nonce) starts with PROOF_BITS zero bits.
// Day and nonce are u32, big endian.
// A proof puts a report into lane A. The edge also stores a report without a proof.
import { dayNumber } from '../time.ts'
import { concat, u32, type Bytes } from '../bytes.ts'
import { PROOF_BITS } from '../limits.ts'
import { sha256Words } from './sha256-sync.ts'

const isProof = (id: Bytes, day: number, nonce: number): boolean =>
  (sha256Words(concat(id, u32(day), u32(nonce)))[0] || 0) >>> (32 - PROOF_BITS) === 0

/**
 * Tries `count` nonces from `first` on. Blocks the page meanwhile, so call it in slices.
 *
 * @param headerId  16 random bytes of the envelope's header
 * @param nowMs         the time that gives the day
 * @returns the first nonce that is a proof, or null when none of them is
 */
export function findProof(
  headerId: Bytes,
  nowMs: number,
  first: number,
  count: number,
): number | null {
  for (let nonce = first; nonce < first + count; nonce++)
    if (isProof(headerId, dayNumber(nowMs), nonce)) return nonce
  return null
}

/**
 * Returns true when `nonce` is a proof for yesterday, today or tomorrow (UTC).
 * The edge accepts these days, because the clocks of old phones are often wrong.
 *
 * @param headerId  16 random bytes of the envelope's header
 */
export const hasProof = (headerId: Bytes, nowMs: number, nonce: number): boolean =>
  [-1, 0, 1].some((shift) => isProof(headerId, dayNumber(nowMs) + shift, nonce))
