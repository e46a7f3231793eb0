// Checks that the person has recently proved presence. Verbs whose effects are hard to undo call
// requireFreshProof after requireRole, because an unlocked device alone must not be enough.
import { Refusal } from '#protocol/errors'
import { PROOF_MINUTES } from '#protocol/staff/people/slots'
import type { StaffDeps } from '#worker/deps'

const PROOF_MS = PROOF_MINUTES * 60_000

/** Throws Refusal `prove_again` unless this session proved presence within PROOF_MINUTES. */
export function requireFreshProof({ actor, now }: Pick<StaffDeps, 'actor' | 'now'>): void {
  if (actor.session.provenAt + PROOF_MS <= now()) throw new Refusal('prove_again')
}
