// [Note: invitation] An invitation link carries 32 random bytes behind the #, which browsers do not send. From them come a token
// (its SHA-256 is stored) and a key that seals the intake key for the newcomer: the server can match the link and cannot use it.
import type { Bytes } from './bytes.ts'
import { deriveBytes } from './hkdf.ts'

export const INVITATION_DAYS = 7
/** Label under which an intake private key (PKCS #8) is sealed, in an invitation and to a person. */
export const INTAKE_LABEL = 'oasis/v1/intake'

export interface InvitationKeys {
  /** 32 bytes, shown to the server */
  token: Bytes
  /** 32 bytes, AES-256 key, never shown */
  key: Bytes
}

/** Splits a link's secret (32 bytes) in two: HKDF-SHA256 (RFC 5869), salt `oasis/v1/invitation`, empty info, 64 bytes cut in order. */
export async function invitationKeys(secret: Bytes): Promise<InvitationKeys> {
  const both = await deriveBytes(secret, 'oasis/v1/invitation', 64)
  return { token: both.slice(0, 32), key: both.slice(32) }
}
