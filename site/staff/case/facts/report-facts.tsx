import { type Consent } from '#protocol/report/plain-report'
import { laneOf } from '#protocol/staff/list/rank'
import { dayWithAge, momentInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { languageName } from '../../ui/language-switch.tsx'
import { FactList } from '../../ui/untrusted-text.tsx'
import { type LoadedReport } from '../read/load-report.ts'
import { Exceptions } from './exceptions.tsx'

/** Collapses the short facts in a report, because the person's own words are more important. */
export function ReportFacts({ loaded: { item, first } }: { loaded: LoadedReport }) {
  const words = useMessages()
  const { t } = words
  const facts: [string, string][] = [
    [t('staff.fact.status'), t(`staff.status.${item.status}`)],
    ...(item.closeReason
      ? [[t('staff.fact.closed'), t(`staff.close.${item.closeReason}`)] as [string, string]]
      : []),
    [t('staff.fact.day'), dayWithAge(item.day, Date.now(), words)],
  ]
  if (first) {
    const { at, lang } = first.report
    const written = momentInDigits(at)
    if (written) facts.push([t('staff.fact.written'), written])
    facts.push(
      [t('staff.fact.lang'), languageName(lang)],
      [t('staff.fact.suite'), t(`staff.suite.${first.header.suite}`)],
    )
  }
  facts.push(
    [t('staff.fact.lane'), t(`staff.lane.${laneOf(item)}.long`)],
    [t('staff.fact.grade'), t(`staff.grade.${item.grade}`)],
    [t('staff.fact.sealedby'), t(`staff.sealedby.${item.sealedBy}.long`)],
    [t('staff.fact.case'), item.id],
  )
  return (
    <>
      {first?.isSuiteTrue === false && <p class="doubt">{t('staff.suite.differs')}</p>}
      <details class="about">
        <summary>{t('staff.report.about')}</summary>
        <FactList facts={facts} />
      </details>
    </>
  )
}

/** For a report that is not in a case yet, first shows who may learn its content. */
export function ConsentFacts({ consent }: { consent: Consent | undefined }) {
  const { t } = useMessages()
  return (
    <p class={`consent is-${consent ?? 'anonymous'}`}>
      {t('staff.consent.title')}: <b>{t(`staff.consent.${consent ?? 'unsaid'}`)}</b> <Exceptions />
    </p>
  )
}
