import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'

interface LetGoProps {
  /** the text to show for anything other than an invitation link */
  words?: { ask: string; stay: string; letGo: string }
  onStay: () => void
  onGo: () => void
}

/** Asks for confirmation before content that is shown only once leaves the screen. */
export function ConfirmLeave({ words, onStay, onGo }: LetGoProps) {
  const { t } = useMessages()
  const stay = useRef<HTMLButtonElement>(null)
  useEffect(() => stay.current?.focus(), [])
  return (
    <div class="note" role="alert">
      <p>{words?.ask ?? t('staff.invite.leave')}</p>
      <div class="verbs">
        <button type="button" class="go" ref={stay} onClick={onStay}>
          {words?.stay ?? t('staff.invite.stay')}
        </button>
        <button type="button" onClick={onGo}>
          {words?.letGo ?? t('staff.invite.let_go')}
        </button>
      </div>
    </div>
  )
}
