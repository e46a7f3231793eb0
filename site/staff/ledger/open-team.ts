// Opens the next generation of the team key for all readers of the replayed roster.
import { toB64 } from '#protocol/bytes'
import { type TeamOpen } from '#protocol/staff/ledger/keys'
import type { TeamOpening } from '#protocol/staff/people/sealed-keys'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { signChange } from '../crypto/sign-change.ts'
import { makeTeam } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { readersIn } from './read-roster.ts'

type Signer = Pick<UnlockedKeys, 'personId' | 'sign'>

/**
 * Signs the row to follow the head of this roster. So the edge refuses copies for an outdated list
 * of readers.
 *
 * @param roster  the roster of a valid ledger
 * @throws Refusal `chain_moved` when the ledger has rows that the roster does not include
 */
export const openNextTeam = async (keys: Signer, roster: Roster): Promise<void> => {
  await sendAction('team.open', await makeTeamOpening(keys, roster, Date.now()))
}

/** Makes the next generation and signs its row. @param nowMs  milliseconds since 1970 */
export async function makeTeamOpening(
  keys: Signer,
  roster: Pick<Roster, 'people' | 'teams' | 'recovery' | 'head'>,
  nowMs: number,
): Promise<TeamOpening> {
  const generation = Math.max(0, ...roster.teams.keys()) + 1
  const { commitment, ...copies } = await makeTeam(generation, readersIn(roster), roster.recovery)
  const change: TeamOpen = { generation, commitment }
  const signed = await signChange(
    keys,
    { action: 'team.open', subject: String(generation), change },
    { prev: toB64(roster.head), nowMs },
  )
  return { signed, ...copies }
}
