// Shows the current step of a recovery by two people: export, shares, keys, invitation, request,
// digits or certificate.
import { certifyNewcomer } from './certify-newcomer.ts'
import { inviteByRoot } from './root-rows.ts'
import { StepDone } from './step-done.tsx'
import { StepDigits, StepRequest } from './step-request.tsx'
import { StepExport } from './step-export.tsx'
import { StepInvitation } from './step-invitation.tsx'
import { StepKeys } from './step-keys.tsx'
import { StepShares } from './step-shares.tsx'
import { useRecovery, type PinnedRoot } from './use-recovery.ts'

export function RecoveryPage(pinned: PinnedRoot) {
  const { root } = pinned
  const { stage, setStage, open, wipe, restart } = useRecovery(pinned)

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
