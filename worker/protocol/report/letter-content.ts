// Reads letters that were taken into a case. The edge stores such a letter as header ‖ body; the
// wrap was removed from the envelope.
import { concat, sha256, type Bytes } from '../bytes.ts'
import { ENVELOPE_SIZES } from '../limits.ts'
import { readEnvelope } from './envelope.ts'

/** Returns true for an envelope that still has its wrap and therefore has one of three lengths. */
export const hasWrap = (stored: Bytes): boolean =>
  (ENVELOPE_SIZES as readonly number[]).includes(stored.length)

/**
 * Returns header ‖ body of a stored letter.
 *
 * @throws Refusal with a code from readEnvelope, for an envelope that still has its wrap
 */
export function contentOf(stored: Bytes): Bytes {
  if (!hasWrap(stored)) return stored
  const { headerBytes, body } = readEnvelope(stored)
  return concat(headerBytes, body)
}

/**
 * Hashes header ‖ body of a stored letter: SHA-256, 32 bytes. Throws Refusal with a code from
 * contentOf.
 */
export const contentHashOf = async (stored: Bytes): Promise<Bytes> => sha256(contentOf(stored))
