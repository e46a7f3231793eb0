import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { NumberGroups } from '../ui/digits.tsx'

interface SheetProps {
  written: string
  number: number | null
}

/**
 * Shows the sheet of paper, the only part of the page that is printed. The sheet does not mention
 * the site or the person.
 */
export function Sheet({ written, number }: SheetProps) {
  const { t } = useMessages()
  return (
    <div class="sheet">
      <p>
        {t('staff.secret')}
        {number !== null && ` ${number} / 2`} · {dayInDigits(new Date().toISOString().slice(0, 10))}
      </p>
      <NumberGroups written={written} label={written} />
      <p>{t('staff.join.paper.sheet')}</p>
    </div>
  )
}
