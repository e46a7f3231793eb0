import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'

interface SheetProps {
  written: string
  number: number | null
}

/**
 * Shows the sheet of paper, the only thing that is printed. The sheet does not name the site or the
 * person.
 */
export function Sheet({ written, number }: SheetProps) {
  const { t } = useMessages()
  const groups = written.split(' ')
  return (
    <div class="sheet">
      <p>
        {t('staff.secret')}
        {number !== null && ` ${number} / 2`} · {dayInDigits(new Date().toISOString().slice(0, 10))}
      </p>
      <ol class="groups" aria-label={written}>
        {written && groups.map((group, at) => <li key={at}>{group}</li>)}
      </ol>
      <p>{t('staff.join.paper.sheet')}</p>
    </div>
  )
}
