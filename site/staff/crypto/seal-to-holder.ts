// Seals keys to somebody who shall hold them: a person of the replayed roster, or the recovery key.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'

const NONE: Bytes = new Uint8Array(0)

/**
 * Seals by HPKE.
 *
 * @param hpkePublic  base64url, from the replayed roster, never from a table
 * @returns enc ‖ ciphertext, base64url
 */
export const sealToHolder = async (
  hpkePublic: string,
  info: Bytes,
  plaintext: Bytes,
): Promise<string> => toB64(await hpkeSeal(fromB64(hpkePublic), info, NONE, plaintext))
