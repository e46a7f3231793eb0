// Checks the response of a passkey for signing in and for proving presence. The caller spends the
// challenge.
import * as z from 'zod/mini'
import { concat, fromB64, sameBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import type { SignIn } from '#protocol/staff/people/sign-in'
import { parseB64 } from '#worker/parse'
import type { Deps, RelyingParty } from '#worker/deps'
import { findCredential } from '#worker/store/people/credentials'
import { requireIssued, type IssuedChallenge, type Purpose } from './challenge.ts'
import { checkAuthentication } from './passkey.ts'

const b64 = z.string().check(z.minLength(1), z.regex(/^[\w-]+$/))
const Named = z.object({ id: b64, response: z.object({ userHandle: z.nullish(b64) }) })

/**
 * Makes the user handle of a passkey for new keys: the person id ‖ random bytes. An authenticator
 * keeps one passkey per handle, so the old passkey remains until the new one counts. The handle of
 * every other passkey is the id alone.
 */
export const newUserHandle = (person: Bytes, random: Bytes): Bytes => concat(person, random)

export interface CheckedPasskey {
  challenge: IssuedChallenge
  person: Bytes
  /** id of the credential, and its new counter */
  use: { id: Bytes; counter: number }
}

/**
 * @param owner  the person who must own the passkey; null when the response states the owner
 * @throws Refusal `challenge_unknown` or `passkey_refused`
 */
export async function requirePasskey(
  deps: Deps,
  party: RelyingParty,
  answer: SignIn,
  { purpose, owner }: { purpose: Purpose; owner: Bytes | null },
): Promise<CheckedPasskey> {
  const challenge = await requireIssued(deps, parseB64(answer.challengeId), purpose)
  const named = Named.safeParse(answer.response)
  if (!named.success) throw new Refusal('passkey_refused')
  const { id, response } = named.data
  const credential = await findCredential(deps.db, parseB64(id))
  if (credential === null) throw new Refusal('passkey_refused')
  const handle = response.userHandle ?? null
  // An authenticator may omit the owner when the request lists passkeys.
  const isOwn = owner
    ? sameBytes(owner, credential.person) && (handle === null || isNamed(handle, owner))
    : handle !== null && isNamed(handle, credential.person)
  if (!isOwn) throw new Refusal('passkey_refused')
  const counter = await checkAuthentication(party, challenge, answer.response, credential)
  return { challenge, person: credential.person, use: { id: credential.id, counter } }
}

function isNamed(handle: string, owner: Bytes): boolean {
  try {
    return sameBytes(fromB64(handle).subarray(0, ID_BYTES), owner)
  } catch {
    return false
  }
}
