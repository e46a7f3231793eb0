// For tests, finds proofs of work of a given grade by trying many nonces.
import { randomBytes, type Bytes } from '#protocol/bytes'
import { findProof, gradeOfBits, proofBits } from '#protocol/crypto/proof-of-work'
import { GRADE_BITS } from '#protocol/limits'

/** Returns a request header that contains a proof of exactly this grade. */
export function proofFor(headerId: Bytes, grade: 1 | 2): Record<string, string> {
  let nonce = -1
  do nonce = findProof(headerId, Date.now(), nonce + 1, 2 ** 24, GRADE_BITS[grade - 1]) ?? NaN
  while (gradeOfBits(proofBits(headerId, Date.now(), nonce)) !== grade)
  return { 'oasis-proof': String(nonce) }
}

/** Returns a header id, and a request header that contains a proof for this id. */
export function gradedProof(grade: 1 | 2): [Bytes, Record<string, string>] {
  const headerId = randomBytes(16)
  return [headerId, proofFor(headerId, grade)]
}
