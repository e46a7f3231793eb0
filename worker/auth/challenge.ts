// Makes passkey challenges without storing them, so that strangers cannot create rows. A challenge
// is an HMAC-SHA-256 over id, expiry and purpose, under a key in the database. The edge recomputes
// the HMAC for each response. Only a valid response writes a row, which marks the challenge as
// used.
import { concat, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES, ID_BYTES } from '#protocol/limits'
import { CHALLENGE_ID_BYTES } from '#protocol/staff/people/sign-in'
import type { Deps } from '#worker/deps'
import { findOrMakeChallengeKey } from '#worker/store/people/challenge-key'

/**
 * Registration needs more time, because it also includes testing the slot. Signing in requires only
 * a single touch.
 */
export const JOIN_MS = 60 * 60_000
export const SIGN_IN_MS = 5 * 60_000

const LABEL = utf8('oasis/v1/challenge')
const END_BYTES = CHALLENGE_ID_BYTES - ID_BYTES - HASH_BYTES

export interface IssuedChallenge {
  /** random; for a newcomer, the id of the new person */
  id: Bytes
  /** milliseconds since 1970 */
  expiresAt: number
  /** 32 bytes, which the passkey signs */
  challenge: Bytes
}

/** The purpose of a challenge. */
export type Purpose =
  | 'sign-in'
  /** accepting the invitation with this hash */
  | { tokenHash: Bytes }
  /** proving presence in the session with this id */
  | { session: Bytes }
  /** registering one more passkey of this person */
  | { newPasskeyOf: Bytes }
  /** registering the first passkey of this person's new keys */
  | { newKeysOf: Bytes }

export async function issueChallenge(deps: Deps, purpose: Purpose): Promise<IssuedChallenge> {
  const id = deps.random(ID_BYTES)
  const isTouch = purpose === 'sign-in' || 'session' in purpose
  const expiresAt = deps.now() + (isTouch ? SIGN_IN_MS : JOIN_MS)
  const key = await challengeKey(deps)
  const challenge = await crypto.subtle.sign('HMAC', key, signedBytes(id, expiresAt, purpose))
  return { id, expiresAt, challenge: new Uint8Array(challenge) }
}

/**
 * Encodes a challenge in the format in which the page returns it: id ‖ expiry (8, big endian) ‖
 * HMAC.
 */
export const challengeIdOf = ({ id, expiresAt, challenge }: IssuedChallenge): string =>
  toB64(concat(id, endBytes(expiresAt), challenge))

/**
 * Checks that the edge issued the challenge for this purpose, without marking it as used.
 *
 * @throws Refusal `challenge_unknown` when the edge did not issue the challenge for this purpose,
 *   or when it has expired
 */
export async function requireIssued(
  deps: Deps,
  challengeId: Bytes,
  purpose: Purpose,
): Promise<IssuedChallenge> {
  if (challengeId.length !== CHALLENGE_ID_BYTES) throw new Refusal('challenge_unknown')
  const id = challengeId.slice(0, ID_BYTES)
  const expiresAt = endFrom(challengeId.slice(ID_BYTES, ID_BYTES + END_BYTES))
  const challenge = challengeId.slice(ID_BYTES + END_BYTES)
  if (expiresAt <= deps.now()) throw new Refusal('challenge_unknown')
  const key = await challengeKey(deps)
  const signed = signedBytes(id, expiresAt, purpose)
  if (!(await crypto.subtle.verify('HMAC', key, challenge, signed)))
    throw new Refusal('challenge_unknown')
  return { id, expiresAt, challenge }
}

/** Encodes a challenge in the form in which a browser reports it. */
export const challengeText = ({ challenge }: IssuedChallenge): string => toB64(challenge)

// Concatenates the parts without separators. The id and the expiry have fixed lengths, and the
// bytes for different purposes have different lengths. Two different lists of parts therefore never
// produce the same bytes.
const signedBytes = (id: Bytes, expiresAt: number, purpose: Purpose): Bytes =>
  concat(LABEL, id, endBytes(expiresAt), bytesOf(purpose))

/** Returns 0, 32, 21, 23 or 24 bytes. */
function bytesOf(purpose: Purpose): Bytes {
  if (purpose === 'sign-in') return new Uint8Array(0)
  if ('tokenHash' in purpose) return purpose.tokenHash
  if ('session' in purpose) return concat(utf8('prove'), purpose.session)
  if ('newPasskeyOf' in purpose) return concat(utf8('passkey'), purpose.newPasskeyOf)
  return concat(utf8('new-keys'), purpose.newKeysOf)
}

const endBytes = (ms: number): Bytes => concat(u32(Math.floor(ms / 2 ** 32)), u32(ms))
const endFrom = (bytes: Bytes): number => Number(new DataView(bytes.buffer).getBigUint64(0))

// Caches the key, so that an isolate reads it only once. A pending query is not cached, because a
// request must not wait for the query of another request.
let known: CryptoKey | null = null

async function challengeKey({ db, random }: Deps): Promise<CryptoKey> {
  known ??= await crypto.subtle.importKey(
    'raw',
    await findOrMakeChallengeKey(db, random(HASH_BYTES)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
  return known
}
