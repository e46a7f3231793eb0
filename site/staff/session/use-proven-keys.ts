// Proves this browser's shared keys again after each new verdict on the ledger. A copy that the
// roster does not list is kept until the ledger has grown. The workspace receives a verdict only
// together with the keys that it proves. So no screen has a verdict without its keys, or keys
// without their verdict.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { NO_KEYS, proveKeys, type WaitingCopies } from '../crypto/shared-keys.ts'
import { type KeysBeforeProof, type UnlockedKeys } from '../crypto/unlock.ts'
import { type SeenLedger } from '../ledger/use-ledger.ts'
import { type VerifiedLedger } from '../ledger/verify-ledger.ts'
import type { CaseWriter } from './case-writer.ts'
import { type SessionValues } from './session-context.ts'

interface Proven {
  keys: UnlockedKeys
  /** the verdict that proved the keys; null until the first verdict */
  ledger: VerifiedLedger | null
  waiting: WaitingCopies
}

type ProvenSession = Pick<
  SessionValues,
  'keys' | 'roster' | 'newest' | 'waiting' | 'renewKeys' | 'nextWriter'
> & {
  /** the ledger as the screens may see it */
  seenLedger: SeenLedger
}

/** @param renewCopies  fetches and opens the copies again */
export function useProvenKeys(
  opened: KeysBeforeProof,
  verified: SeenLedger,
  renewCopies: () => Promise<KeysBeforeProof>,
): ProvenSession {
  const { ledger, verify, newest, nextRoster } = verified
  const [proven, setProven] = useState<Proven>(() => noneOf(opened))
  const current = useRef(proven)
  const started = useRef(0)

  /** If two proofs run concurrently, the later one counts. */
  const prove = async (copies: KeysBeforeProof, by: VerifiedLedger): Promise<CaseWriter> => {
    const turn = (started.current += 1)
    const before = current.current.keys
    const { shared, waiting } = await proveKeys(copies.unproven, by.roster, before)
    const keys = shared === before ? before : { ...noneOf(copies).keys, ...shared }
    if (turn === started.current) setProven((current.current = { keys, ledger: by, waiting }))
    return { keys, roster: by.roster }
  }
  useEffect(() => {
    if (ledger) void prove(opened, ledger)
  }, [opened, ledger])

  const proveNewest = (copies: KeysBeforeProof): Promise<CaseWriter> => {
    const seen = newest()
    if (!seen) throw new Refusal('ledger_broken')
    return prove(copies, seen)
  }
  const renewKeys: SessionValues['renewKeys'] = async () => {
    const [copies] = await Promise.all([renewCopies(), verify()])
    return proveNewest(copies)
  }
  const nextWriter: SessionValues['nextWriter'] = async () => {
    await nextRoster()
    return proveNewest(opened)
  }
  return {
    ...{ keys: proven.keys, waiting: proven.waiting, renewKeys, nextWriter },
    newest: () => current.current,
    roster: proven.ledger?.roster ?? null,
    seenLedger: { ...verified, ledger: proven.ledger },
  }
}

const noneOf = ({ unproven: _, ...own }: KeysBeforeProof): Proven => ({
  keys: { ...own, ...NO_KEYS },
  ledger: null,
  waiting: { epochs: [], generations: [] },
})
