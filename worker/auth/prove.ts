// Proves that the signed-in person is present, with the person's own passkey or sheet of paper. The
// proof is valid for one session only.
import { sameBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { dayOf } from '#protocol/time'
import type { Challenge, PaperSignIn, SignIn } from '#protocol/staff/people/sign-in'
import type { RelyingParty, StaffDeps } from '#worker/deps'
import { renewByPaper, renewByPasskey } from '#worker/store/people/own-sessions'
import { listCredentialIds } from '#worker/store/people/credentials'
import { challengeIdOf, issueChallenge } from './challenge.ts'
import { authenticationOptions } from './passkey.ts'
import { requirePasskey } from './require-passkey.ts'
import { requirePaper } from './sign-in-paper.ts'

export async function offerProof(deps: StaffDeps, party: RelyingParty): Promise<Challenge> {
  const { id, session } = deps.actor
  const challenge = await issueChallenge(deps, { session: session.id })
  const own = (await listCredentialIds(deps.db, id)).map(toB64)
  return {
    challengeId: challengeIdOf(challenge),
    options: await authenticationOptions(party, challenge, own),
  }
}

/**
 * @throws Refusal `challenge_unknown`, `passkey_unknown`; `passkey_refused`, including for a
 *   colleague's passkey
 */
export async function provePresence(
  deps: StaffDeps,
  party: RelyingParty,
  answer: SignIn,
): Promise<void> {
  const { id: owner, session } = deps.actor
  const { challenge, use } = await requirePasskey(deps, party, answer, {
    purpose: { session: session.id },
    owner,
  })
  const proof = { session: session.id, at: deps.now() }
  const spent = await renewByPasskey(deps.db, challenge, proof, {
    ...use,
    today: dayOf(deps.now()),
  })
  if (!spent) throw new Refusal('challenge_unknown')
}

/**
 * @throws Refusal with a code from requirePaper; `paper_unknown`, including for a colleague's sheet
 */
export async function provePresenceByPaper(deps: StaffDeps, paper: PaperSignIn): Promise<void> {
  const slot = await requirePaper(deps, paper)
  if (!sameBytes(slot.person, deps.actor.id)) throw new Refusal('paper_unknown')
  const proof = { session: deps.actor.session.id, at: deps.now() }
  await renewByPaper(deps.db, proof, { id: slot.id, today: dayOf(deps.now()) })
}
