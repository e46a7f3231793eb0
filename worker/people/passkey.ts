// Passkeys, through @simplewebauthn. Whatever it objects to is one refusal: a reason would help only a forger.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { RelyingParty } from '#worker/deps'
import type { Credential, StoredChallenge } from '#worker/store/sessions'
import { challengeText, JOIN_MS, SIGN_IN_MS } from './challenge.ts'

/** A response as it came in: only the library says whether it is one. */
export type Unchecked = Record<string, unknown>

// Loaded when a passkey comes: it is most of the worker's code, and a person who reports shall not wait for it.
const library = () => import('@simplewebauthn/server')

const NAME = 'Oasis'
/** ES256 and RS256: what phones, computers and security keys offer. */
const ALGORITHMS = [-7, -257]

export async function registrationOptions(
  party: RelyingParty,
  { challenge, person }: { challenge: Bytes; person: Bytes },
): Promise<Unchecked> {
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: party.id,
    userName: NAME,
    userID: person,
    challenge,
    timeout: JOIN_MS,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
  return { ...options }
}

export async function authenticationOptions(
  party: RelyingParty,
  { challenge }: StoredChallenge,
): Promise<Unchecked> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge,
    timeout: SIGN_IN_MS,
    userVerification: 'required',
  })
  return { ...options }
}

/** The new passkey. Throws Refusal `passkey_refused`. */
export async function checkRegistration(
  party: RelyingParty,
  challenge: StoredChallenge,
  response: Unchecked,
): Promise<Omit<Credential, 'person'>> {
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

/** The passkey's new counter. Throws Refusal `passkey_refused`. */
export async function checkAuthentication(
  party: RelyingParty,
  challenge: StoredChallenge,
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

// The library checks every field that it reads and throws on the rest; nothing else here relies on the shape.
const asRegistration = (response: Unchecked): RegistrationResponseJSON =>
  response as unknown as RegistrationResponseJSON
const asAuthentication = (response: Unchecked): AuthenticationResponseJSON =>
  response as unknown as AuthenticationResponseJSON
