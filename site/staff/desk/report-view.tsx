// One report, opened in the browser. The order is the order of work: what it is, how it is safe to answer, the words, the rest.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff'
import { DangerMark } from '../parts/danger-mark.tsx'
import { Refused } from '../parts/refused.tsx'
import { loadReport, type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Consent } from './consent.tsx'
import { useDesk, useDeskAttempt } from './desk-context.ts'
import { kindKey } from './kinds.ts'
import { Notes } from './notes.tsx'
import { ReportFacts } from './report-facts.tsx'
import { SafeContact } from './safe-contact.tsx'
import { StatusButtons } from './status-buttons.tsx'
import { Thread } from './thread.tsx'
import { ToldCodes } from './told-codes.tsx'

interface ReportViewProps {
  id: string
  onBack: () => void
  onChanged: (item: QueueItem) => void
}

export function ReportView({ id, onBack, onChanged }: ReportViewProps) {
  const { t } = useWords()
  const { keys } = useDesk()
  const attempt = useDeskAttempt()
  const [loaded, setLoaded] = useState<LoadedReport | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)

  const reload = async (): Promise<void> => {
    const fresh = await loadReport(keys, id)
    setLoaded(fresh)
    onChanged(fresh.item)
  }
  useEffect(() => attempt.run(reload), [])
  useEffect(() => heading.current?.focus(), [loaded !== null])

  return (
    <article class="report" aria-labelledby="report-title">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <Refused why={attempt.why} />
      {!loaded && (
        <h2 id="report-title" ref={heading} tabIndex={-1}>
          {attempt.why === null ? t('staff.report.opening') : t('staff.report.title')}
        </h2>
      )}
      {attempt.why !== null && (
        <button type="button" onClick={() => attempt.run(reload)}>
          {t('staff.again')}
        </button>
      )}
      {loaded && (
        <>
          <header>
            {loaded.danger && <DangerMark />}
            <h2 id="report-title" ref={heading} tabIndex={-1}>
              {t(kindKey(loaded.kind))}
            </h2>
            <StatusButtons item={loaded.item} reload={reload} />
          </header>
          {loaded.first && <Consent consent={loaded.first.report.consent} />}
          <ReportFacts loaded={loaded} />
          {loaded.first ? (
            <>
              <SafeContact contact={loaded.first.report.contact} />
              <ToldCodes report={loaded.first.report} />
              <Thread loaded={loaded} />
              <AnswerForm loaded={loaded} reload={reload} />
              <Notes loaded={loaded} reload={reload} />
            </>
          ) : (
            <p class="refused">{t('staff.report.cannot_open')}</p>
          )}
        </>
      )}
    </article>
  )
}
