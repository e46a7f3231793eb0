// Changes the keys after somebody left, step by step. Each step finds its work in the replayed
// roster, so that any reader's browser can go on after a cut.
import { toB64 } from '#protocol/bytes'
import { type TeamEnd } from '#protocol/staff/ledger-keys'
import { type Roster } from '#protocol/staff/roster-state'
import { dayOf } from '#protocol/time'
import { postTeamEnd } from '../api/staff-api.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { openNextEpoch, sendRetirement } from './change-epochs.ts'
import { lacksEpoch, lacksTeam, unended, unretired } from './departure-state.ts'
import { openNextTeam } from './open-team.ts'

export type DepartureStepName = 'epoch' | 'retire' | 'team' | 'team_end'

/** A step, whose work may take several requests. */
export interface DepartureStep {
  name: DepartureStepName
  /** number of things that are left to do */
  remaining: (roster: Roster) => Promise<number>
  /** does everything that is left, and reports the number that is done */
  run: (onProgress: (done: number) => void) => Promise<void>
}

export interface Departing {
  keys: Pick<UnlockedKeys, 'personId' | 'sign' | 'publicKeys'>
  /** verifies the ledger again and returns the newest roster */
  nextRoster: () => Promise<Roster>
}

/** Runs `change` for the newest roster until nothing is left. */
async function repeatFor(
  { nextRoster }: Departing,
  left: (roster: Roster) => number,
  change: (roster: Roster) => Promise<void>,
  onProgress: (done: number) => void,
): Promise<void> {
  let roster = await nextRoster()
  for (let done = 0; left(roster) > 0; roster = await nextRoster()) {
    await change(roster)
    done += 1
    onProgress(done)
  }
}

async function endOldestTeam(keys: Departing['keys'], roster: Roster): Promise<void> {
  const [oldest] = unended(roster)
  if (!oldest) return
  const { generation } = oldest
  const change: TeamEnd = { generation }
  const signed = await signChange(
    keys,
    { action: 'team.end', subject: String(generation), change },
    { prev: toB64(roster.head), nowMs: Date.now() },
  )
  await postTeamEnd(generation, signed)
}

async function retireOldest(keys: Departing['keys'], roster: Roster): Promise<void> {
  const [oldest] = unretired(roster)
  if (oldest) await sendRetirement(keys, roster, oldest.epoch, dayOf(Date.now()))
}

/** Lists the steps after `person.remove`, in their order. The old generation ends last. */
export function departureSteps(departing: Departing): DepartureStep[] {
  const { keys } = departing
  const step = (
    name: DepartureStepName,
    left: (roster: Roster) => number,
    change: (roster: Roster) => Promise<void>,
  ): DepartureStep => ({
    name,
    remaining: (roster) => Promise.resolve(left(roster)),
    run: (onProgress) => repeatFor(departing, left, change, onProgress),
  })
  return [
    step(
      'epoch',
      (roster) => Number(lacksEpoch(roster)),
      (roster) => openNextEpoch(keys, roster),
    ),
    step(
      'retire',
      (roster) => unretired(roster).length,
      (roster) => retireOldest(keys, roster),
    ),
    step(
      'team',
      (roster) => Number(lacksTeam(roster)),
      (roster) => openNextTeam(keys, roster),
    ),
    step(
      'team_end',
      (roster) => unended(roster).length,
      (roster) => endOldestTeam(keys, roster),
    ),
  ]
}
