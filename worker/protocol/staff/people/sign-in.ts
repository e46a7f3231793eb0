// Defines the schemas for signing in with a passkey or with paper. A challenge works once.
import * as z from 'zod/mini'
import { HASH_BYTES, ID_BYTES } from '../../limits.ts'
import { b64Of } from '../fields.ts'

/** Maximum length of a session, in hours. */
export const SESSION_HOURS = 8

/**
 * The input to a passkey's PRF is the SHA-256 of this label. The input is the same for all people,
 * because the app sends it before anybody has signed in.
 */
export const PRF_LABEL = 'oasis/v1/prf'

/** Accepts any object, because @simplewebauthn checks the content itself. */
export const webauthn = z.record(z.string(), z.unknown())

/**
 * A paper sign-in: both values are derived from the printed secret. The proof is also derived from
 * the passphrase.
 */
export const PaperSignIn = z.object({ lookup: b64Of(16), proof: b64Of(32) })
export type PaperSignIn = z.infer<typeof PaperSignIn>

/** Maximum number of sign-in attempts per day with one paper slot. */
export const PAPER_TRIES = 20

/** Length of a challenge's id: random (16) ‖ expiry in milliseconds since 1970 (8) ‖ HMAC (32). */
export const CHALLENGE_ID_BYTES = ID_BYTES + 8 + HASH_BYTES
export const challengeId = b64Of(CHALLENGE_ID_BYTES)

/** A WebAuthn challenge that works only once. */
export const Challenge = z.object({ challengeId, options: webauthn })
export type Challenge = z.infer<typeof Challenge>

/** The response from a passkey, which signs a person in or proves presence. */
export const SignIn = z.object({ challengeId, response: webauthn })
export type SignIn = z.infer<typeof SignIn>
