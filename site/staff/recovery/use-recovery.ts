// Guides two people through the steps of a recovery, and holds the opened keys. The keys exist only
// in the page's memory, and are wiped when the page is closed or hidden.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type Certificate } from '#protocol/staff/people/people'
import { useLeaveWarning } from '../session/navigation.ts'
import { type RowSigner } from './chained-row.ts'
import { type WholeExport } from './export-file.ts'
import { type WaitingNewcomer } from './join-request.ts'
import { openKeys, type OpenedKeys } from './open-keys.ts'
import { openRoot } from './root-key.ts'
import { type HeldLedger, type InvitedLedger } from './root-rows.ts'
import { combineShares } from './shares.ts'

export interface PinnedRoot {
  /** 65 bytes */
  root: Bytes
  /** see sealRoot */
  rootForRecovery: Bytes
}

/** The keys that two shares have opened. */
interface Recovered {
  by: RowSigner
  keys: OpenedKeys
}

type Stage =
  | { at: 'export' }
  | { at: 'shares'; file: WholeExport; known: Recovered | null }
  | { at: 'keys'; file: WholeExport; found: Recovered }
  | { at: 'invitation'; invited: InvitedLedger; found: Recovered }
  | { at: 'request'; ledger: HeldLedger; found: Recovered }
  | { at: 'digits'; newcomer: WaitingNewcomer; found: Recovered }
  | { at: 'done'; certificate: Certificate }

interface Recovery {
  stage: Stage
  setStage: (next: Stage) => void
  /**
   * opens the keys that the shares of this recovery key can open; keys in `known` are already open
   */
  open: (file: WholeExport, known: Recovered | null, shares: readonly string[]) => Promise<void>
  /** wipes the keys */
  wipe: () => void
  /** wipes the keys and starts again */
  restart: () => void
}

export function useRecovery({ root, rootForRecovery }: PinnedRoot): Recovery {
  const [stage, setStage] = useState<Stage>({ at: 'export' })
  const held = useRef<OpenedKeys | null>(null)
  const wipe = (): void => {
    held.current?.wipe()
    held.current = null
  }
  const restart = (): void => {
    wipe()
    setStage({ at: 'export' })
  }
  useLeaveWarning(() => held.current !== null)
  // A browser may keep a page in its back-forward cache, so the keys are wiped with the page.
  useEffect(() => {
    addEventListener('pagehide', restart)
    return () => removeEventListener('pagehide', restart)
  }, [])

  const open: Recovery['open'] = async (file, known, shares) => {
    const recovery = await combineShares(shares, file.recoveryKeys)
    const by = known?.by ?? (await openRoot(recovery, rootForRecovery, root))
    const keys = await openKeys(recovery, file, known?.keys)
    held.current = keys
    setStage({ at: 'keys', file, found: { by, keys } })
  }
  return { stage, setStage, open, wipe, restart }
}
