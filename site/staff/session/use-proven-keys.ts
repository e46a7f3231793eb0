// Proves the shared keys of this browser by each new verdict about the ledger. A copy that the
// roster does not name waits until the ledger has grown.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { Refusal } from '#protocol/errors'
import { NO_KEYS, proveKeys, type WaitingCopies } from '../crypto/shared-keys.ts'
import { type KeysBeforeProof, type UnlockedKeys } from '../crypto/unlock.ts'
import { type SeenLedger } from '../ledger/use-ledger.ts'
import { type SessionValues } from './session-context.ts'

interface Proven {
  keys: UnlockedKeys
  roster: Roster | null
  waiting: WaitingCopies
}

/** @param renewCopies  fetches and opens the copies again */
export function useProvenKeys(
  opened: KeysBeforeProof,
  { ledger, verify, newest, nextRoster }: SeenLedger,
  renewCopies: () => Promise<KeysBeforeProof>,
): Pick<SessionValues, 'keys' | 'roster' | 'waiting' | 'renewKeys' | 'nextWriter'> {
  const [proven, setProven] = useState<Proven>(() => noneOf(opened))
  const current = useRef(proven)
  const started = useRef(0)

  /** Of two proofs at the same time the one that began last counts. */
  const prove = async (copies: KeysBeforeProof, roster: Roster): Promise<UnlockedKeys> => {
    const turn = (started.current += 1)
    const before = current.current.keys
    const { shared, waiting } = await proveKeys(copies.unproven, roster, before)
    const keys = shared === before ? before : { ...noneOf(copies).keys, ...shared }
    if (turn === started.current) setProven((current.current = { keys, roster, waiting }))
    return keys
  }
  const roster = ledger?.roster
  useEffect(() => {
    if (roster) void prove(opened, roster)
  }, [opened, roster])

  const renewKeys: SessionValues['renewKeys'] = async () => {
    const [copies] = await Promise.all([renewCopies(), verify()])
    const seen = newest()
    if (!seen) throw new Refusal('ledger_broken')
    return { keys: await prove(copies, seen.roster), roster: seen.roster }
  }
  const nextWriter: SessionValues['nextWriter'] = async () => {
    const whole = await nextRoster()
    return { keys: await prove(opened, whole), roster: whole }
  }
  return { ...proven, renewKeys, nextWriter }
}

const noneOf = ({ unproven: _, ...own }: KeysBeforeProof): Proven => ({
  keys: { ...own, ...NO_KEYS },
  roster: null,
  waiting: { epochs: [], generations: [] },
})
