// Seals keys to somebody who shall hold them: a person of the replayed roster, or the recovery key.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { sealTo } from './seal-to.ts'

/**
 * Seals by HPKE with X-Wing.
 *
 * @param hpkePublic  base64url, from the replayed roster, never from a table
 * @returns enc ‖ ciphertext, base64url
 */
export const sealToHolder = async (
  hpkePublic: string,
  info: Bytes,
  plaintext: Bytes,
): Promise<string> => toB64(await sealTo(fromB64(hpkePublic), info, plaintext))
