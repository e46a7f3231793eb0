// Suggests a break after an hour of reading. The person can turn the reminder off.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { afterMinute, isBreakDue, NOTHING_READ } from '../session/reading-time.ts'
import { type HeldSettings } from '../session/use-own-settings.ts'

interface BreakLineProps {
  held: HeldSettings
  /** true while a report is open */
  isReading: boolean
}

const MINUTE_MS = 60_000

export function BreakLine({ held, isReading }: BreakLineProps) {
  const { t } = useMessages()
  const [time, setTime] = useState(NOTHING_READ)
  const reading = useRef(isReading)
  reading.current = isReading
  useEffect(() => {
    const minute = (): void =>
      setTime((now) => afterMinute(now, reading.current && document.visibilityState === 'visible'))
    const timer = setInterval(minute, MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  const isShown = held.settings.hasBreaks && isBreakDue(time)
  return (
    <div role="status" class="break-line">
      {isShown && (
        <>
          <p>{t('staff.break.line')}</p>
          <button type="button" onClick={() => setTime(NOTHING_READ)}>
            {t('staff.break.close')}
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => {
              setTime(NOTHING_READ)
              held.change({ hasBreaks: false })
            }}
          >
            {t('staff.break.off')}
          </button>
        </>
      )}
    </div>
  )
}
