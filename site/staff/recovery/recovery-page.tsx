// Leads two people through a recovery: export, shares, keys, invitation, request, certificate.
// Opened keys live in the memory of this page, and are wiped when it ends or hides.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type Certificate } from '#protocol/staff/people'
import { useLeaveWarning } from '../session/navigation.ts'
import { type RowSigner } from './chained-row.ts'
import { certifyNewcomer } from './certify-newcomer.ts'
import { type WholeExport } from './export-file.ts'
import { type WaitingNewcomer } from './join-request.ts'
import { openKeys, type OpenedKeys } from './open-keys.ts'
import { openRoot } from './root-key.ts'
import { inviteByRoot, type HeldLedger, type InvitedLedger } from './root-rows.ts'
import { combineShares } from './shares.ts'
import { StepDone } from './step-done.tsx'
import { StepDigits, StepRequest } from './step-request.tsx'
import { StepExport } from './step-export.tsx'
import { StepInvitation } from './step-invitation.tsx'
import { StepKeys } from './step-keys.tsx'
import { StepShares } from './step-shares.tsx'

interface RecoveryPageProps {
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

export function RecoveryPage({ root, rootForRecovery }: RecoveryPageProps) {
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
  // A browser may keep a page in its cache of visited pages, so the keys end with the page.
  useEffect(() => {
    addEventListener('pagehide', restart)
    return () => removeEventListener('pagehide', restart)
  }, [])

  const open = async (
    file: WholeExport,
    known: Recovered | null,
    shares: readonly string[],
  ): Promise<void> => {
    const recovery = await combineShares(shares, file.recoveryKeys)
    const by = known?.by ?? (await openRoot(recovery, rootForRecovery, root))
    const keys = await openKeys(recovery, file, known?.keys)
    held.current = keys
    setStage({ at: 'keys', file, found: { by, keys } })
  }

  switch (stage.at) {
    case 'export':
      return (
        <StepExport root={root} onRead={(file) => setStage({ at: 'shares', file, known: null })} />
      )
    case 'shares': {
      const { file, known } = stage
      return (
        <StepShares
          recoveryKeys={file.recoveryKeys}
          onShares={(shares) => open(file, known, shares)}
          onRestart={restart}
        />
      )
    }
    case 'keys': {
      const { file, found } = stage
      return (
        <StepKeys
          keys={found.keys}
          onOlder={() => setStage({ at: 'shares', file, known: found })}
          onInvite={async () => {
            const invited = await inviteByRoot(found.by, { ...file, root }, Date.now())
            setStage({ at: 'invitation', invited, found })
          }}
          onRequest={() => setStage({ at: 'request', ledger: file, found })}
          onRestart={restart}
        />
      )
    }
    case 'invitation': {
      const { invited, found } = stage
      const ledger = { ...invited, root }
      return (
        <StepInvitation
          invited={invited}
          onNext={() => setStage({ at: 'request', ledger, found })}
          onRestart={restart}
        />
      )
    }
    case 'request': {
      const { ledger, found } = stage
      return (
        <StepRequest
          ledger={ledger}
          onNewcomer={(newcomer) => setStage({ at: 'digits', newcomer, found })}
          onRestart={restart}
        />
      )
    }
    case 'digits': {
      const { newcomer, found } = stage
      return (
        <StepDigits
          newcomer={newcomer}
          onSame={async () => {
            const { by, keys } = found
            const made = await certifyNewcomer(by, newcomer, root, keys, Date.now())
            wipe()
            setStage({ at: 'done', certificate: made.certificate })
          }}
          onRestart={restart}
        />
      )
    }
    case 'done':
      return <StepDone certificate={stage.certificate} onRestart={restart} />
  }
}
