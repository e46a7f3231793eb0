// Challenges of passkeys: random, stored with an end, and taken out when they are answered.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { insertChallenge, takeChallenge, type StoredChallenge } from '#worker/store/sessions'

const CHALLENGE_BYTES = 32
/** A newcomer makes two slots before answering; somebody who signs in only touches a key. */
export const JOIN_MS = 60 * 60_000
export const SIGN_IN_MS = 5 * 60_000

/** @param invitation the invitation being accepted with the id of its new person, or null for signing in */
export async function issueChallenge(
  deps: Deps,
  invitation: { tokenHash: Bytes; person: Bytes } | null,
): Promise<StoredChallenge> {
  const issued: StoredChallenge = {
    id: deps.random(ID_BYTES),
    challenge: deps.random(CHALLENGE_BYTES),
    tokenHash: invitation?.tokenHash ?? null,
    person: invitation?.person ?? null,
    expiresAt: deps.now() + (invitation ? JOIN_MS : SIGN_IN_MS),
  }
  await insertChallenge(deps.db, issued)
  return issued
}

/** The challenge, used up. Throws Refusal `challenge_unknown` when there is none, it was used, or it is too old. */
export async function spendChallenge(deps: Deps, id: Bytes): Promise<StoredChallenge> {
  const spent = await takeChallenge(deps.db, id, deps.now())
  if (!spent) throw new Refusal('challenge_unknown')
  return spent
}

/** The challenge as a browser reports it back. */
export const challengeText = ({ challenge }: StoredChallenge): string => toB64(challenge)
