import { useMessages } from '../../../i18n/messages.tsx'

export type Look = 'covered' | 'blurred' | 'clear'

interface LookButtonProps {
  look: Look
  /** the label of the button that shows the file for the first time */
  showKey: 'staff.file.show' | 'staff.film.show' | 'staff.pdf.show'
  onLook: (look: Look) => void
}

/** Cycles a file through its states: blurred at first, then clear, then blurred again. */
export function LookButton({ look, showKey, onLook }: LookButtonProps) {
  const { t } = useMessages()
  const key = { covered: showKey, blurred: 'staff.file.clear', clear: 'staff.file.blur' } as const
  return (
    <button type="button" onClick={() => onLook(look === 'blurred' ? 'clear' : 'blurred')}>
      {t(key[look])}
    </button>
  )
}
