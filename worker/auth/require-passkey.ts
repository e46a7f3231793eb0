// Checks a passkey's response when a person signs in or proves presence. The caller marks the
// challenge as used.
import * as z from 'zod/mini'
import { fromB64, sameBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignIn } from '#protocol/staff/people/sign-in'
import { parseB64 } from '#worker/parse'
import type { Deps, RelyingParty } from '#worker/deps'
import { findCredential, type Credential } from '#worker/store/people/credentials'
import { requireIssued, type IssuedChallenge, type Purpose } from './challenge.ts'
import { checkAuthentication } from './passkey.ts'

const b64 = z.string().check(z.minLength(1), z.regex(/^[\w-]+$/))
const Named = z.object({ id: b64, response: z.object({ userHandle: z.nullish(b64) }) })

export interface CheckedPasskey {
  challenge: IssuedChallenge
  person: Bytes
  /** id of the credential, and its new counter */
  use: { id: Bytes; counter: number }
}

/**
 * @param owner  the person who must own the passkey; null when the response itself identifies the
 *   owner
 * @throws Refusal `challenge_unknown`, `passkey_refused`, `passkey_unknown`
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
  if (credential === null) throw new Refusal('passkey_unknown')
  const handle = response.userHandle ?? null
  // An authenticator may omit the owner when the request lists allowed passkeys.
  const isOwn = owner
    ? sameBytes(owner, credential.person) && (handle === null || isHandle(handle, credential))
    : handle !== null && isHandle(handle, credential)
  if (!isOwn) throw new Refusal('passkey_refused')
  const counter = await checkAuthentication(party, challenge, answer.response, credential)
  return { challenge, person: credential.person, use: { id: credential.id, counter } }
}

function isHandle(handle: string, { userHandle }: Credential): boolean {
  try {
    return sameBytes(fromB64(handle), userHandle)
  } catch {
    return false
  }
}
