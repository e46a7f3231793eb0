// Proof of work: SHA-256(SHA-256(envelope) ‖ day ‖ nonce) with PROOF_BITS leading zero bits; day and nonce are u32, big endian.
// It scores a report into lane A and never gates: whoever cannot or does not find one is stored all the same.
import { concat, sha256, u32, type Bytes } from './bytes.ts'
import { dayNumber, PROOF_BITS } from './limits.ts'
import { sha256Words } from './sha256.ts'

const isProof = (digest: Bytes, day: number, nonce: number): boolean =>
  (sha256Words(concat(digest, u32(day), u32(nonce)))[0] || 0) >>> (32 - PROOF_BITS) === 0

/**
 * Tries nonces from `first` on, `count` of them, against SHA-256 of an envelope. Synchronous: call it in slices.
 *
 * @returns the nonce, or null when none of these fits
 */
export function findProof(
  envelopeHash: Bytes,
  nowMs: number,
  first: number,
  count: number,
): number | null {
  for (let nonce = first; nonce < first + count; nonce++)
    if (isProof(envelopeHash, dayNumber(nowMs), nonce)) return nonce
  return null
}

/** True when `nonce` is a proof for `envelope` yesterday, today or tomorrow (UTC): clocks of old phones go wrong. */
export async function hasProof(envelope: Bytes, nowMs: number, nonce: number): Promise<boolean> {
  const digest = await sha256(envelope)
  return [-1, 0, 1].some((shift) => isProof(digest, dayNumber(nowMs) + shift, nonce))
}
