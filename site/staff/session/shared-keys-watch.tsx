// Keeps this browser's shared keys up to date with the roster. The first reader's browser also
// opens the first generation of the team key. The watch asks for a proof of presence only when the
// last one is too old.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { openNextTeam } from '../ledger/open-team.ts'
import { holdsRole } from '../ledger/read-roster.ts'
import { usePoll } from '../ui/use-poll.ts'
import { WhenLoaded } from '../ui/when-loaded.tsx'
import { useSessionContext } from './session-context.ts'

const fetchFirstTeam = async () => (await import('./first-team.tsx')).FirstTeam

/**
 * Returns true when the roster lists keys that a reader should hold but that no copy here proves.
 */
const lacksKeys = (
  { epochs, teams }: Pick<Roster, 'epochs' | 'teams'>,
  { intake, team }: Pick<UnlockedKeys, 'intake' | 'team'>,
): boolean =>
  [...epochs.values()].some(({ epoch, hasEnded }) => !hasEnded && !intake.has(epoch)) ||
  [...teams.values()].some(({ generation, hasEnded }) => !hasEnded && !team.has(generation))

/**
 * Renders only the request for a proof of presence for the first team key. The watch is a
 * component, because the hook that creates the ledger's context cannot read that context.
 */
export function SharedKeysWatch() {
  const { keys, roster: proving, renewKeys } = useSessionContext()
  const { ledger, verify } = useSeenLedger()
  const [isAsked, setIsAsked] = useState(false)
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const look = async (): Promise<void> => {
    if (!roster || !holdsRole(roster, keys.personId, 'intake')) return
    if (roster.teams.size === 0) {
      await openNextTeam(keys, roster)
      await verify()
    } else if (proving === roster && lacksKeys(roster, keys)) await renewKeys()
    setIsAsked(false)
  }
  // The next check tries again after a failure, because the network may be down.
  const tryLook = (): void =>
    void look().catch((thrown: unknown) => {
      if (thrown instanceof Refusal && thrown.code === 'prove_again') setIsAsked(true)
    })
  useEffect(tryLook, [roster, proving])
  usePoll(tryLook)
  if (!isAsked) return null
  return (
    <WhenLoaded fetchPart={fetchFirstTeam}>{(FirstTeam) => <FirstTeam open={look} />}</WhenLoaded>
  )
}
