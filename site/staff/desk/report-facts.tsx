import { ageOf, dayInDigits, momentInDigits } from '../ages.ts'
import { FactList } from '../parts/fact-list.tsx'
import { languageName } from '../parts/language-switch.tsx'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'

/** The short facts of a report. */
export function ReportFacts({ loaded: { item, first } }: { loaded: LoadedReport }) {
  const words = useWords()
  const { t } = words
  const facts: [string, string][] = [
    [t('staff.fact.status'), t(`staff.status.${item.status}`)],
    [t('staff.fact.day'), `${ageOf(item.day, Date.now(), words)} · ${dayInDigits(item.day)}`],
  ]
  if (first) {
    const { at, lang, place } = first.report
    const written = momentInDigits(at)
    if (written) facts.push([t('staff.fact.written'), written])
    facts.push([t('staff.fact.lang'), languageName(lang)])
    facts.push([t('staff.fact.place'), place ?? t('staff.fact.unsaid')])
  }
  facts.push(
    [t('staff.fact.lane'), t(`staff.lane.${item.lane}.long`)],
    [t('staff.fact.sealedby'), t(`staff.sealedby.${item.sealedBy}.long`)],
  )
  return <FactList facts={facts} />
}
