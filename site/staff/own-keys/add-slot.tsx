// Guides a person through adding a passkey or a sheet. A proof of presence yields the master key.
// The device makes and tests the new slot; only then does the edge store it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Challenge } from '#protocol/staff/people/sign-in'
import type { AddedSlot, NewSlot, Slot } from '#protocol/staff/people/slots'
import { fetchPasskeyOptions, postSlot } from '../api/own-keys-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useLeaveWarning } from '../session/navigation.ts'
import { ProvePresence, requireMaster } from '../session/prove-presence.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { StepPaper } from '../slots/step-paper.tsx'
import { StepPasskey } from '../slots/step-passkey.tsx'
import { StepPassphrase } from '../slots/step-passphrase.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { NameStep } from './name-step.tsx'
import { StepCard } from './step-card.tsx'

interface AddSlotProps {
  kind: Slot['kind']
  slots: Slot[]
  /** receives the id of the new slot */
  onAdded: (id: string) => void
  onCancel: () => void
}

type Step =
  | { at: 'proof' }
  | { at: 'passkey'; challenge: Challenge; why: unknown }
  | { at: 'passphrase' }
  | { at: 'paper'; passphrase: string }
  | { at: 'name'; tested: Omit<AddedSlot, 'name'> }

export function AddSlot({ kind, slots, onAdded, onCancel }: AddSlotProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const [step, setStep] = useState<Step>({ at: 'proof' })
  const kept = useRef<Bytes | null>(null)
  const wipe = (): void => {
    kept.current?.fill(0)
    kept.current = null
  }
  useEffect(() => wipe, [])
  useLeaveWarning(() => step.at !== 'proof')

  const master = (): Bytes => requireMaster(kept.current)
  const begin = async (opened: Bytes | null): Promise<void> => {
    kept.current = requireMaster(opened)
    if (kind === 'passphrase') setStep({ at: 'passphrase' })
    else setStep({ at: 'passkey', challenge: await fetchPasskeyOptions(), why: null })
  }
  const offerName = (slot: NewSlot, passkey: AddedSlot['passkey']): void => {
    wipe()
    setStep({ at: 'name', tested: { slot, passkey } })
  }
  const frame: Frame = (title, content) => (
    <StepCard title={title} stop={t('staff.own.add.stop')} onCancel={onCancel}>
      {content}
    </StepCard>
  )
  switch (step.at) {
    case 'proof':
      return (
        <ProvePresence
          lead={t(kind === 'prf' ? 'staff.own.add.prf.lead' : 'staff.own.add.paper.lead')}
          slots={slots}
          onProven={begin}
          onCancel={onCancel}
        />
      )
    case 'passkey': {
      const { challenge, why } = step
      return (
        <StepPasskey
          frame={frame}
          name={me.name}
          why={why}
          options={challenge.options}
          master={master}
          onMade={({ response, slot }) => {
            if (slot) offerName(slot, { challengeId: challenge.challengeId, response })
            else setStep({ ...step, why: new Refusal('no_prf') })
          }}
        />
      )
    }
    case 'passphrase':
      return (
        <StepPassphrase
          frame={frame}
          withoutPrf={false}
          onPassphrase={(passphrase) => setStep({ at: 'paper', passphrase })}
        />
      )
    case 'paper':
      return (
        <StepPaper
          frame={frame}
          passphrase={step.passphrase}
          sheet={null}
          master={master}
          onTested={(slot) => offerName(slot, null)}
        />
      )
    case 'name': {
      const { tested } = step
      const store = async (name: string): Promise<void> => {
        await postSlot({ ...tested, name })
        onAdded(tested.slot.id)
      }
      return <NameStep kind={kind} frame={frame} onName={store} />
    }
  }
}
