// Shows when a task is due. Words and colour distinguish an overdue day from today and from later
// days.
import { localDayOf } from '#content/clock.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'

interface DueDayProps {
  /** `2026-11-24`, in the organisation's time zone */
  day: string
  /** true when the list has no room for the year */
  isShort?: boolean
  /** true when the task is no longer due */
  isEnded?: boolean
}

export function DueDay({ day, isShort = false, isEnded = false }: DueDayProps) {
  const { t } = useMessages()
  const today = localDayOf(Date.now())
  const when = isEnded || day > today ? 'later' : day === today ? 'today' : 'overdue'
  const digits = dayInDigits(day)
  return (
    <span class={`due is-${when}`}>
      {isShort && when === 'today' ? (
        <>
          <span class="apart">{t('staff.list.due')}: </span>
          {t('staff.age.today')}
        </>
      ) : (
        t(`staff.list.due.${when}`, { day: isShort ? digits.slice(0, -5) : digits })
      )}
    </span>
  )
}
