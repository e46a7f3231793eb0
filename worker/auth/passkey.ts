// Verifies passkey responses with @simplewebauthn. Every failed check yields the same refusal,
// because a reason would help only a forger.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import organisation from '#content/organisation.json' with { type: 'json' }
import { fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { RelyingParty } from '#worker/deps'
import type { Credential } from '#worker/store/people/credentials'
import { challengeText, JOIN_MS, SIGN_IN_MS, type IssuedChallenge } from './challenge.ts'

/** A response as the edge received it; only the library checks it. */
export type Unchecked = Record<string, unknown>

// Loads the library only when a request needs a passkey. The library is the largest part of the
// worker's code, and reporters must not wait for it.
const library = () => import('@simplewebauthn/server')

const NAME = organisation.passkeyName
/** ES256 and RS256, which phones, computers and security keys support. */
const ALGORITHMS = [-7, -257]

/**
 * @param userHandle  see user-handle.ts
 * @param own  base64url ids of the person's passkeys; an authenticator that has one of them refuses
 *   to make another passkey
 */
export async function registrationOptions(
  party: RelyingParty,
  { challenge }: IssuedChallenge,
  userHandle: Bytes,
  own: string[] = [],
): Promise<Unchecked> {
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: party.id,
    userName: NAME,
    userID: userHandle,
    challenge,
    timeout: JOIN_MS,
    attestationType: 'none',
    excludeCredentials: own.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
  return { ...options }
}

/**
 * @param own  base64url ids of the passkeys that may respond; empty when the person is not known
 * yet
 */
export async function authenticationOptions(
  party: RelyingParty,
  { challenge }: IssuedChallenge,
  own: string[] = [],
): Promise<Unchecked> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge,
    timeout: SIGN_IN_MS,
    allowCredentials: own.map((id) => ({ id })),
    userVerification: 'required',
  })
  return { ...options }
}

/**
 * Checks a registration and returns the new passkey, without its owner or user handle. Throws
 * Refusal `passkey_refused`.
 */
export async function checkRegistration(
  party: RelyingParty,
  challenge: IssuedChallenge,
  response: Unchecked,
): Promise<Omit<Credential, 'person' | 'userHandle'>> {
  const { verifyRegistrationResponse } = await library()
  const { registrationInfo } = await orRefused(() =>
    verifyRegistrationResponse({
      response: asRegistration(response),
      expectedChallenge: challengeText(challenge),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!registrationInfo) throw new Refusal('passkey_refused')
  const { id, publicKey, counter } = registrationInfo.credential
  return { id: fromB64(id), publicKey: new Uint8Array(publicKey), counter }
}

/** Checks a sign-in and returns the passkey's new counter. Throws Refusal `passkey_refused`. */
export async function checkAuthentication(
  party: RelyingParty,
  challenge: IssuedChallenge,
  response: Unchecked,
  credential: Credential,
): Promise<number> {
  const { verifyAuthenticationResponse } = await library()
  const { verified, authenticationInfo } = await orRefused(() =>
    verifyAuthenticationResponse({
      response: asAuthentication(response),
      expectedChallenge: challengeText(challenge),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { ...credential, id: asAuthentication(response).id },
      requireUserVerification: true,
    }),
  )
  if (!verified) throw new Refusal('passkey_refused')
  return authenticationInfo.newCounter
}

async function orRefused<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (cause) {
    throw new Refusal('passkey_refused', { cause })
  }
}

// Casts the response for the library, which checks every field that it reads and throws on an
// invalid one. This file reads only the response's `id`, which require-passkey.ts checks.
const asRegistration = (response: Unchecked): RegistrationResponseJSON =>
  response as unknown as RegistrationResponseJSON
const asAuthentication = (response: Unchecked): AuthenticationResponseJSON =>
  response as unknown as AuthenticationResponseJSON
