// Shows copies of shared keys that the roster does not list. A server could have sealed copies of
// keys that it made itself.
import { useMessages } from '../i18n/messages.tsx'
import { useSessionContext } from '../session/session-context.ts'

export function WaitingLines() {
  const { t } = useMessages()
  const { epochs, generations } = useSessionContext().waiting
  const lines = [
    ...epochs.map((n) => t('staff.keys.waiting.epoch', { n })),
    ...generations.map((n) => t('staff.keys.waiting.team', { n })),
  ]
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="warning">
          {line}
        </p>
      ))}
    </>
  )
}
