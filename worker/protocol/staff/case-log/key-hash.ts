// Hashes a case key for the `key.make` row that a reader signs. A browser accepts only a key that
// matches the hash, because anybody can seal bytes to a public key.
import { concat, sha256, u32, utf8, type Bytes } from '../../bytes.ts'
import { decodeB64, encodeB64 } from '../native-b64.ts'
import type { CaseKey } from './bodies.ts'

/**
 * Computes the `keyHash` of KeyMake, in base64url. The hash is SHA-256(`oasis/v1/case-key-hash` ‖
 * case (16) ‖ number (4, big endian) ‖ key (32)).
 */
export const caseKeyHash = async (
  { caseId, keyNo }: Pick<CaseKey, 'caseId' | 'keyNo'>,
  key: Bytes,
): Promise<string> =>
  encodeB64(
    await sha256(concat(utf8('oasis/v1/case-key-hash'), decodeB64(caseId), u32(keyNo), key)),
  )

/** The hashes of case keys that readers signed, base64url, keyed by caseKeyName. */
export type KeyHashes = ReadonlyMap<string, string>
