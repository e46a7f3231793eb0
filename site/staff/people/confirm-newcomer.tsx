import { useEffect, useRef } from 'preact/hooks'
import { type Role } from '#protocol/staff/fields'
import { useMessages } from '../i18n/messages.tsx'

/** The result for a person, shown in a line after the card has disappeared. */
export interface Outcome {
  as: 'confirmed' | 'refused' | 'removed'
  name: string
}

export type NewcomerStep = 'confirmed' | 'refused'

interface ConfirmNewcomerProps {
  step: NewcomerStep
  name: string
  roles: readonly Role[]
  busy: boolean
  onSend: () => void
  onBack: () => void
}

/** Asks for confirmation, in words that explain the effect of the signature. */
export function ConfirmNewcomer({ step, name, roles, busy, onSend, onBack }: ConfirmNewcomerProps) {
  const { t } = useMessages()
  const box = useRef<HTMLParagraphElement>(null)
  useEffect(() => box.current?.focus(), [step])
  const isConfirming = step === 'confirmed'
  return (
    <div class="note" role="group" aria-label={t('staff.people.once_more')}>
      <p ref={box} tabIndex={-1}>
        {t(isConfirming ? 'staff.people.gives' : 'staff.people.takes', { name })}
      </p>
      {isConfirming && (
        <ul>
          {roles.map((role) => (
            <li key={role}>{t(`staff.people.gives.${role}`)}</li>
          ))}
        </ul>
      )}
      <div class="verbs">
        <button type="button" class="go" aria-disabled={busy} onClick={onSend}>
          {t(isConfirming ? 'staff.people.confirm' : 'staff.people.refuse', { name })}
        </button>
        <button type="button" onClick={onBack}>
          {t('staff.people.not_yet')}
        </button>
      </div>
    </div>
  )
}
