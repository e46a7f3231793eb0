// Signs a checkpoint of all case logs, after comparing them with everything known about them.
import { toB64 } from '#protocol/bytes'
import { isRefusalOf } from '#protocol/errors'
import { checkpointDigest, writeCheckpoint, writeUpload } from '#protocol/staff/ledger/checkpoint'
import { writeLeaves } from '#protocol/staff/ledger/checkpoint-leaves'
import { type CheckpointSign } from '#protocol/staff/ledger/keys'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { signChange, type SigningKeys } from '../crypto/sign-change.ts'
import { compareCases, type CheckpointFault } from './compare-cases.ts'

export type CheckpointOutcome = CheckpointFault | { is: 'signed' } | { is: 'moved' }

/**
 * Signs and stores a checkpoint.
 *
 * @param roster  the roster of a valid ledger
 * @param signal  aborted once the person has locked the app; then nothing is signed
 * @returns `moved` when the ledger or a log has grown, for example because of a colleague's
 *   checkpoint
 * @throws Refusal the codes of compareCases, and the refusals of the requests
 * @throws AbortError from `signal`
 */
export async function signCheckpoint(
  keys: SigningKeys,
  roster: Roster,
  signal?: AbortSignal,
): Promise<CheckpointOutcome> {
  const compared = await compareCases(roster, true)
  if (compared.is !== 'held') return compared
  const { leaves } = compared
  const stored = await writeCheckpoint(writeLeaves(leaves))
  const digest = toB64(await checkpointDigest(stored))
  const change: CheckpointSign = { cases: leaves.length, digest }
  signal?.throwIfAborted()
  const signed = await signChange(
    keys,
    { action: 'checkpoint.sign', subject: keys.personId, change },
    { prev: toB64(roster.head), nowMs: Date.now() },
  )
  try {
    await sendAction('checkpoint.sign', writeUpload(signed, stored))
    return { is: 'signed' }
  } catch (thrown) {
    if (isRefusalOf(thrown, 'chain_moved')) return { is: 'moved' }
    throw thrown
  }
}
