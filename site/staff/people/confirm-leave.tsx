import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'

interface LetGoProps {
  onStay: () => void
  onGo: () => void
}

/** Asks before the link, which is shown only once, leaves the screen. */
export function ConfirmLeave({ onStay, onGo }: LetGoProps) {
  const { t } = useMessages()
  const stay = useRef<HTMLButtonElement>(null)
  useEffect(() => stay.current?.focus(), [])
  return (
    <div class="note" role="alert">
      <p>{t('staff.invite.leave')}</p>
      <div class="verbs">
        <button type="button" class="go" ref={stay} onClick={onStay}>
          {t('staff.invite.stay')}
        </button>
        <button type="button" onClick={onGo}>
          {t('staff.invite.let_go')}
        </button>
      </div>
    </div>
  )
}
