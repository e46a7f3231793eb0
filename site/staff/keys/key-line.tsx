// Shows above the workspace that keys end soon, or that a departure is unfinished.
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { isDepartureOpen } from '../departure/state.ts'
import { endingIn } from '../ledger/key-facts.ts'

interface KeyLineProps {
  /** null while the ledger is not whole */
  roster: Roster | null
  /** true while letters of older keys are still on their way */
  isAwaiting: boolean
  /** shows the keys; null for a person who is not a reader, or already on that screen */
  onShow: (() => void) | null
  /** continues the departure; null in the same cases */
  onGoOn: (() => void) | null
}

export function KeyLine({ roster, isAwaiting, onShow, onGoOn }: KeyLineProps) {
  const { t } = useMessages()
  const ending = roster && endingIn(roster, Date.now())
  const isEnding = ending !== null && ending.state !== 'ok'
  const isOpen = roster !== null && isDepartureOpen(roster)
  const sentence =
    ending?.state === 'ended'
      ? t(`staff.keys.ended.${ending.of}`)
      : isEnding && t(`staff.keys.soon.${ending.of}`, { n: ending.daysLeft })
  return (
    <>
      <div role="alert" class="key-line alarm">
        {(isOpen || isAwaiting) && (
          <>
            <p>{t(isOpen ? 'staff.departure.line' : 'staff.departure.line.letters')}</p>
            {onGoOn && (
              <button type="button" onClick={onGoOn}>
                {t('staff.departure.go')}
              </button>
            )}
          </>
        )}
      </div>
      <div role="status" class={`key-line ${ending?.state === 'soon' ? 'calm' : 'alarm'}`}>
        {isEnding && onShow && (
          <>
            <p>{sentence}</p>
            <button type="button" onClick={onShow}>
              {t('staff.keys.show')}
            </button>
          </>
        )}
      </div>
    </>
  )
}
