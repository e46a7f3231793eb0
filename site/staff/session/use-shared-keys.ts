// Keeps the shared keys of this browser as new as the roster. The first reader's browser also opens
// the first generation of the team key, without a question.
import { useEffect } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { openNextTeam } from '../keys/open-team.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { holdsRole } from '../ledger/read-roster.ts'
import { usePoll } from '../ui/use-poll.ts'
import { useSessionContext } from './session-context.ts'

/** Returns true when the roster names keys that a reader should hold and no copy here proves. */
const lacksKeys = (
  { epochs, teams }: Pick<Roster, 'epochs' | 'teams'>,
  { intake, team }: Pick<UnlockedKeys, 'intake' | 'team'>,
): boolean =>
  [...epochs.values()].some(({ epoch, hasEnded }) => !hasEnded && !intake.has(epoch)) ||
  [...teams.values()].some(({ generation, hasEnded }) => !hasEnded && !team.has(generation))

/** Renders nothing, because a hook of the workspace cannot read the ledger's context. */
export function SharedKeysWatch() {
  const { keys, roster: proving, renewKeys } = useSessionContext()
  const { ledger, verify } = useSeenLedger()
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const look = async (): Promise<void> => {
    if (!roster || !holdsRole(roster, keys.personId, 'intake')) return
    if (roster.teams.size === 0) {
      await openNextTeam(keys, roster)
      await verify()
    } else if (proving === roster && lacksKeys(roster, keys)) await renewKeys()
  }
  // The next look tries again after a failure, because the network may be down.
  const tryLook = (): void => void look().catch(() => undefined)
  useEffect(tryLook, [roster, proving])
  usePoll(tryLook)
  return null
}
