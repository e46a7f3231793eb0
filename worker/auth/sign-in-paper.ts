// Signs people in with a sheet of paper: the printed secret identifies the slot, and a passphrase
// completes the proof. A person who has lost their only phone can thus regain access.
import { dayOf } from '#protocol/time'
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { PAPER_TRIES, type PaperSignIn } from '#protocol/staff/people/sign-in'
import type { Deps } from '#worker/deps'
import { countTry, openSessionByPaper, type TriedSlot } from '#worker/store/people/paper-slots'
import { parseB64 } from '#worker/parse'
import { newSession } from './session.ts'

/**
 * Checks a sheet and its passphrase. The caller must record the day of the successful attempt.
 *
 * @throws Refusal `paper_unknown` when no slot has this lookup; then nothing is written
 * @throws Refusal `wrong_passphrase` for a wrong proof, `too_many_tries` after PAPER_TRIES attempts
 * in a day
 */
export async function requirePaper(deps: Deps, { lookup, proof }: PaperSignIn): Promise<TriedSlot> {
  const proofHash = await sha256(parseB64(proof))
  // The attempt is counted before the proof is compared, so that concurrent attempts cannot evade
  // the limit.
  const slot = await countTry(deps.db, await sha256(parseB64(lookup)), dayOf(deps.now()))
  if (slot === null) throw new Refusal('paper_unknown')
  if (slot.tries > PAPER_TRIES) throw new Refusal('too_many_tries')
  if (!sameBytes(slot.proofHash, proofHash)) throw new Refusal('wrong_passphrase')
  return slot
}

/**
 * Returns the token of the new session and the person id. Throws Refusal with a code from
 * requirePaper.
 */
export async function signInByPaper(
  deps: Deps,
  paper: PaperSignIn,
): Promise<{ token: Bytes; person: Bytes }> {
  const { id, person } = await requirePaper(deps, paper)
  const session = await newSession(deps, person, 'paper')
  await openSessionByPaper(deps.db, session.stored, { id, today: dayOf(deps.now()) })
  return { token: session.token, person }
}
