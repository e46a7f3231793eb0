// Finds case keys whose outer seal does not open, and signs a statement that they are lost. Without
// that signature, the old generation of the team key could never be ended.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { caseKeyName, type CaseKey } from '#protocol/staff/case-log/bodies'
import { MAX_LOST, type KeysLose } from '#protocol/staff/ledger/keys'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchCaseKeys } from '../api/keys-api.ts'
import { sendAction } from '../api/send-action.ts'
import { rewrapCaseKey } from '../crypto/case-key.ts'
import { signChange } from '../crypto/sign-change.ts'
import { namedTeam, type TeamKey } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { type CaseWriter } from '../session/case-writer.ts'

/** A case key that does not open, with its generation of the team key. */
export type DamagedKey = Pick<CaseKey, 'caseId' | 'keyNo' | 'generation'>

/**
 * Finds the damaged keys under an older generation.
 *
 * @throws Refusal `cannot_open` without the team key that the roster lists. With a wrong team key,
 *   every case key would look damaged.
 */
export async function findDamaged(
  { keys, roster }: CaseWriter,
  generation: number,
): Promise<DamagedKey[]> {
  const team = namedTeam(roster, keys, generation)
  if (!team) throw new Refusal('cannot_open')
  const damaged: DamagedKey[] = []
  let after: string | null = null
  do {
    const page = await fetchCaseKeys(generation, after)
    for (const key of page.keys) if (!(await opensUnder(team, key))) damaged.push(key)
    after = page.next
  } while (after !== null)
  return damaged.map(({ caseId, keyNo }) => ({ caseId, keyNo, generation }))
}

async function opensUnder(team: TeamKey, stored: CaseKey): Promise<boolean> {
  try {
    await rewrapCaseKey(team, team, stored)
    return true
  } catch (cause) {
    if (cause instanceof Refusal) return false
    throw cause
  }
}

export interface LostSigner {
  keys: UnlockedKeys
  /** verifies the ledger again and returns the newest roster */
  nextRoster: () => Promise<Roster>
}

/**
 * Signs rows stating that damaged keys are lost. Each row lists at most MAX_LOST keys of one
 * generation.
 *
 * @param lost  the keys that the person saw; a key that has become readable in the meantime is left
 *   out
 * @throws Refusal the codes of findDamaged; `prove_again` without a fresh proof of presence
 */
export async function signLost(
  { keys, nextRoster }: LostSigner,
  lost: readonly DamagedKey[],
): Promise<void> {
  const seen = new Set(lost.map(caseKeyName))
  for (const generation of new Set(lost.map((key) => key.generation))) {
    const damaged = await findDamaged({ keys, roster: await nextRoster() }, generation)
    const named = damaged.filter((key) => seen.has(caseKeyName(key)))
    for (let first = 0; first < named.length; first += MAX_LOST)
      await sendLost({ keys, nextRoster }, generation, named.slice(first, first + MAX_LOST))
  }
}

async function sendLost(
  { keys, nextRoster }: LostSigner,
  generation: number,
  lost: readonly DamagedKey[],
): Promise<void> {
  const { head } = await nextRoster()
  const change: KeysLose = {
    generation,
    total: lost.length,
    keys: lost.map(({ caseId, keyNo }) => ({ caseId, keyNo })),
  }
  const signed = await signChange(
    keys,
    { action: 'keys.lose', subject: String(generation), change },
    { prev: toB64(head), nowMs: Date.now() },
  )
  await sendAction('keys.lose', signed, String(generation))
}
