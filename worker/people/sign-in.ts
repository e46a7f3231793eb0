// Signing in with a passkey. The challenge is spent whatever the outcome: nothing can be played a second time.
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Challenge } from '#protocol/staff'
import type { Deps, RelyingParty } from '#worker/deps'
import { findCredential, openSession } from '#worker/store/sessions'
import { bytesOf } from '#worker/wire'
import { issueChallenge, spendChallenge } from './challenge.ts'
import { authenticationOptions, checkAuthentication, type Unchecked } from './passkey.ts'
import { newSession } from './session.ts'

const b64 = z.string().check(z.minLength(1), z.regex(/^[\w-]+$/))
const Named = z.object({ id: b64, response: z.object({ userHandle: b64 }) })

export async function offerSignIn(deps: Deps, party: RelyingParty): Promise<Challenge> {
  const challenge = await issueChallenge(deps, null)
  return {
    challengeId: toB64(challenge.id),
    options: await authenticationOptions(party, challenge),
  }
}

/**
 * @returns the token of the new session and whose it is
 * @throws Refusal `challenge_unknown` or `passkey_refused`
 */
export async function signIn(
  deps: Deps,
  party: RelyingParty,
  answer: { challengeId: string; response: Unchecked },
): Promise<{ token: Bytes; person: Bytes }> {
  const challenge = await spendChallenge(deps, bytesOf(answer.challengeId))
  if (challenge.tokenHash) throw new Refusal('challenge_unknown')

  const named = namedBy(answer.response)
  const credential = await findCredential(deps.db, named.credential)
  if (credential === null || named.owner !== toB64(credential.person))
    throw new Refusal('passkey_refused')
  const counter = await checkAuthentication(party, challenge, answer.response, credential)

  const session = await newSession(deps, credential.person)
  await openSession(deps.db, session.stored, credential.id, counter)
  return { token: session.token, person: credential.person }
}

// A discoverable passkey says which one it is and who owns it; the owner must agree with what is stored.
function namedBy(response: Unchecked): { credential: Bytes; owner: string } {
  const named = Named.safeParse(response)
  if (!named.success) throw new Refusal('passkey_refused')
  return { credential: bytesOf(named.data.id), owner: named.data.response.userHandle }
}
