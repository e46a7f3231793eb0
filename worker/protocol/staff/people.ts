// Holds the schemas of the staff API for people: roles, keys, signing in, invitations, joining.
// Staff app and edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { POINT_BYTES } from '../crypto/hpke-seal.ts'
import { HASH_BYTES, ID_BYTES, TOKEN_BYTES } from '../limits.ts'
import { MANIFEST_BYTES } from '../keys/manifest.ts'
import { b64Of, b64UpTo, id, signature, statementText } from './fields.ts'

export const ROLES = ['admin', 'intake'] as const

/** Hours until a session ends. */
export const SESSION_HOURS = 8

/**
 * The input of a passkey's PRF is SHA-256 of this label. The input is the same for everybody,
 * because the app asks before it knows who signs in.
 */
export const PRF_LABEL = 'oasis/v1/prf'

/** an uncompressed P-256 point */
const point = b64Of(POINT_BYTES)

const roles = z.array(z.enum(ROLES)).check(z.minLength(1), z.maxLength(ROLES.length))

/** Accepts any object, because @simplewebauthn checks its content itself. */
const webauthn = z.record(z.string(), z.unknown())

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** The private keys of an epoch (writeEpochKeys), sealed by HPKE: enc (65) ‖ ciphertext. */
export const SealedIntake = z.object({ epoch: z.int(), sealed: b64UpTo(400) })
export type SealedIntake = z.infer<typeof SealedIntake>

/** A way to unlock the master key (32 bytes), which AES-256-GCM seals under the slot's key. */
export const Slot = z.object({
  id,
  kind: z.enum(['prf', 'passphrase']),
  /** the passkey whose PRF opens the slot; null for a passphrase */
  credentialId: z.nullable(b64UpTo(1023)),
  salt: b64Of(16),
  /** KiB of memory of Argon2id; 0 for a passkey. The app refuses less than ARGON2_FLOOR. */
  memoryKib: z.int(),
  /** passes of Argon2id; 0 for a passkey */
  passes: z.int(),
  /** nonce (12) ‖ master key (32) ‖ tag (16) */
  sealedMaster: b64Of(12 + 32 + 16),
})
export type Slot = z.infer<typeof Slot>

/** A person's own keys as the server stores them; the master key seals the private halves. */
export const PersonKeys = z.object({
  hpkePublic: point,
  signPublic: point,
  sealedPrivate: b64UpTo(1024),
})
export type PersonKeys = z.infer<typeof PersonKeys>

/** The signed-in person. */
export const Me = z.object({
  id,
  name: z.string(),
  roles,
  keys: PersonKeys,
  slots: z.array(Slot),
  intake: z.array(SealedIntake),
  /** the signed manifest */
  manifest: b64Of(MANIFEST_BYTES),
})
export type Me = z.infer<typeof Me>

/** Length of a challenge's id: random (16) ‖ end in milliseconds since 1970 (8) ‖ HMAC (32). */
export const CHALLENGE_ID_BYTES = ID_BYTES + 8 + HASH_BYTES
const challengeId = b64Of(CHALLENGE_ID_BYTES)

/** A WebAuthn challenge that serves once. */
export const Challenge = z.object({ challengeId, options: webauthn })
export type Challenge = z.infer<typeof Challenge>

export const SignIn = z.object({ challengeId, response: webauthn })

export const OpenInvitation = z.object({ token: b64Of(TOKEN_BYTES) })

export const InvitationOpened = z.object({
  challengeId,
  options: webauthn,
  /** the id of the new person */
  personId: id,
  roles,
  /** intake keys, sealed under the invitation's key: see [Note: invitation] */
  sealedIntake: z.array(SealedIntake),
})
export type InvitationOpened = z.infer<typeof InvitationOpened>

const personName = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))

/** The request of a newcomer, whose device has tested both slots. */
export const Join = z.object({
  token: b64Of(TOKEN_BYTES),
  challengeId,
  response: webauthn,
  name: personName,
  keys: PersonKeys,
  slots: z.array(Slot).check(z.minLength(2), z.maxLength(4)),
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /**
   * JSON text of a Statement with the action `person.join`. Actor and subject are the new id, and
   * changeHash is SHA-256 of joinedChange(keys).
   */
  statement: statementText,
  /** signature by the newcomer's own signing key, as in SignedChange */
  signature,
})
export type Join = z.infer<typeof Join>

/**
 * Writes the JSON text of a newcomer's change: the two public keys of the account. The newcomer's
 * statement carries SHA-256 of that text.
 */
export const joinedChange = (keys: PersonKeys): string =>
  JSON.stringify([keys.signPublic, keys.hpkePublic])

/** A new invitation, whose token hash is the subject of its statement. */
export const InvitationChange = z.object({
  tokenHash: b64Of(HASH_BYTES),
  roles,
  /** intake keys, sealed under the invitation's key */
  sealedIntake: z.array(SealedIntake),
})
export type InvitationChange = z.infer<typeof InvitationChange>
