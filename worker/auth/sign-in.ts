// Signs people in with passkeys. A valid response uses up its challenge, so that each challenge
// works only once.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { dayOf } from '#protocol/time'
import type { Challenge, SignIn } from '#protocol/staff/people/sign-in'
import type { Deps, RelyingParty } from '#worker/deps'
import { openSession } from '#worker/store/people/sessions'
import { challengeIdOf, issueChallenge } from './challenge.ts'
import { authenticationOptions } from './passkey.ts'
import { requirePasskey } from './require-passkey.ts'
import { newSession } from './session.ts'

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
 * @returns the token of the new session and the person id
 * @throws Refusal `challenge_unknown`, `passkey_refused`, `passkey_unknown`
 */
export async function signIn(
  deps: Deps,
  party: RelyingParty,
  answer: SignIn,
): Promise<{ token: Bytes; person: Bytes }> {
  const { challenge, person, use } = await requirePasskey(deps, party, answer, {
    purpose: 'sign-in',
    owner: null,
  })
  const session = await newSession(deps, person, 'passkey')
  const today = dayOf(deps.now())
  if (!(await openSession(deps.db, challenge, session.stored, { ...use, today })))
    throw new Refusal('challenge_unknown')
  return { token: session.token, person }
}
