// Signs people in with passkeys. A valid response spends its challenge, so that a challenge serves
// once.
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Challenge } from '#protocol/staff/people'
import type { Deps, RelyingParty } from '#worker/deps'
import { findCredential, openSession } from '#worker/store/sessions'
import { parseB64 } from '#worker/parse'
import { challengeIdOf, issueChallenge, requireIssued } from './challenge.ts'
import { authenticationOptions, checkAuthentication, type Unchecked } from './passkey.ts'
import { newSession } from './session.ts'

const b64 = z.string().check(z.minLength(1), z.regex(/^[\w-]+$/))
const Named = z.object({ id: b64, response: z.object({ userHandle: b64 }) })

export async function offerSignIn(deps: Deps, party: RelyingParty): Promise<Challenge> {
  const challenge = await issueChallenge(deps, 'sign-in')
  return {
    challengeId: challengeIdOf(challenge),
    options: await authenticationOptions(party, challenge),
  }
}

/**
 * Signs a person in and starts a session.
 *
 * @returns the token of the new session and the id of the person
 * @throws Refusal `challenge_unknown` or `passkey_refused`
 */
export async function signIn(
  deps: Deps,
  party: RelyingParty,
  answer: { challengeId: string; response: Unchecked },
): Promise<{ token: Bytes; person: Bytes }> {
  const challenge = await requireIssued(deps, parseB64(answer.challengeId), 'sign-in')

  const named = namedBy(answer.response)
  const credential = await findCredential(deps.db, named.credential)
  if (credential === null || named.owner !== toB64(credential.person))
    throw new Refusal('passkey_refused')
  const counter = await checkAuthentication(party, challenge, answer.response, credential)

  const session = await newSession(deps, credential.person)
  const spent = await openSession(deps.db, challenge, session.stored, {
    id: credential.id,
    counter,
  })
  if (!spent) throw new Refusal('challenge_unknown')
  return { token: session.token, person: credential.person }
}

// Reads the ids of a discoverable passkey and of the person who owns the passkey. The caller
// compares that person with the stored one.
function namedBy(response: Unchecked): { credential: Bytes; owner: string } {
  const named = Named.safeParse(response)
  if (!named.success) throw new Refusal('passkey_refused')
  return { credential: parseB64(named.data.id), owner: named.data.response.userHandle }
}
