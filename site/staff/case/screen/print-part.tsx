// Prints the letters, notes and people of one case. The printout has a line with the case, the day
// and the name of the person who printed the case. Collapsed parts are expanded for printing and
// then collapsed again.
import { useEffect } from 'preact/hooks'
import { minuteOf } from '#protocol/time'
import { momentInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { summaryIn } from '../read/read-records.ts'
import { titleOfCase } from './links/use-case-title.ts'

/** Expands the collapsed parts of the report while it is being printed. */
function useOpenParts(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = []
    const open = (): void => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('.report details')].filter(
        (each) => !each.open && !each.classList.contains('timeline'),
      )
      for (const each of opened) each.open = true
    }
    const fold = (): void => {
      for (const each of opened) each.open = false
    }
    addEventListener('beforeprint', open)
    addEventListener('afterprint', fold)
    return () => {
      removeEventListener('beforeprint', open)
      removeEventListener('afterprint', fold)
    }
  }, [])
}

export function PrintPart() {
  const { t } = useMessages()
  useOpenParts()
  return (
    <section aria-labelledby="print-title" class="print-part">
      <h4 id="print-title">{t('staff.print.title')}</h4>
      <p class="hint">{t('staff.print.hint')}</p>
      <button type="button" onClick={() => print()}>
        {t('staff.print.go')}
      </button>
    </section>
  )
}

/** The heading of the printed page. The screen does not show this line. */
export function PrintLine({ loaded }: { loaded: LoadedReport }) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const title = titleOfCase(loaded)
  const risk = summaryIn(loaded.records)?.risk
  return (
    <p class="print-only print-line" aria-hidden="true">
      {t('staff.print.line', {
        title,
        id: loaded.item.id,
        day: momentInDigits(minuteOf(Date.now())),
        name: me.name,
      })}{' '}
      {t('staff.print.state', {
        status: t(`staff.status.${loaded.item.status}`),
        risk: t(`staff.risk.${risk ?? 'none'}`),
      })}
    </p>
  )
}
