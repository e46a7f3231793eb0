// Hides the first-day reminder permanently.
import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { type HeldSettings } from '../session/use-own-settings.ts'

export function HideReminder({ held }: { held: HeldSettings }) {
  const { t } = useMessages()
  const { isFirstDayOver } = held.settings
  const isHiding = useRef(false)
  const over = useRef<HTMLParagraphElement>(null)
  const hide = (): void => {
    isHiding.current = true
    held.change({ isFirstDayOver: true })
  }
  // The pressed button has disappeared, so the focus moves to the result.
  useEffect(() => {
    if (isHiding.current && isFirstDayOver) over.current?.focus()
  }, [isFirstDayOver])
  return (
    <>
      <p role="status" ref={over} tabIndex={-1}>
        {isFirstDayOver && t('staff.first.over')}
      </p>
      {!isFirstDayOver && (
        <button type="button" aria-disabled={held.busy} onClick={hide}>
          {t('staff.first.hide')}
        </button>
      )}
    </>
  )
}
