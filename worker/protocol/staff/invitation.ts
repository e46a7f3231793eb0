// Splits the secret of an invitation link between the link and the server.
// [Note: invitation] An invitation link carries 32 random bytes after the #.
// Browsers do not send that part.
// The secret gives a token and a key. The server stores SHA-256 of the token.
// The key seals the private keys of the epochs for the newcomer.
// The server can thus match the link, but cannot use it.
import { concat, u32, utf8, type Bytes } from '../bytes.ts'
import { deriveBytes } from '../crypto/hkdf.ts'

/** Days until an invitation expires. */
export const INVITATION_DAYS = 7
/** Label that seals the private keys of an epoch, in an invitation and to a person. */
export const INTAKE_LABEL = 'oasis/v1/intake'

/** Builds the HPKE info that seals these keys: INTAKE_LABEL ‖ epoch (4, big endian). */
export const intakeInfo = (epoch: number): Bytes => concat(utf8(INTAKE_LABEL), u32(epoch))

export interface InvitationKeys {
  /** 32 bytes, which the newcomer shows to the server */
  token: Bytes
  /** 32 bytes, an AES-256 key that never leaves the device */
  key: Bytes
}

/**
 * Derives token and key from the secret of a link (32 bytes).
 *
 * HKDF-SHA256 (RFC 5869), salt `oasis/v1/invitation`, empty info: 64 bytes, cut in that order.
 */
export async function invitationKeys(secret: Bytes): Promise<InvitationKeys> {
  const both = await deriveBytes(secret, 'oasis/v1/invitation', 64)
  return { token: both.slice(0, 32), key: both.slice(32) }
}
