// Shows one report, opened in the browser, in the order of work. The order is consent, words, safe
// contact, reply and other parts.
import { useEffect, useRef } from 'preact/hooks'
import { type Growth, type QueueItem } from '#protocol/staff/cases'
import { CaseLine } from '../case/case-line.tsx'
import { DangerMark } from '../ui/marks.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { ContactLine } from './reply/contact-line.tsx'
import { ReplyForm } from './reply/reply-form.tsx'
import { ConsentFacts, ReportFacts, kindKey } from './report-facts.tsx'
import { NewsLine } from '../workspace/news-line.tsx'
import { reportNews } from '../workspace/news.ts'
import { Notes } from './notes/notes.tsx'
import { StatusButtons } from './status-buttons.tsx'
import { ThreadView } from './thread.tsx'
import { CodedAnswers } from './coded-answers.tsx'
import { useReport } from './use-report.ts'

interface ReportViewProps {
  id: string
  /** the growth of the report at the last poll */
  latest: Growth | null | undefined
  onBack: () => void
  onChanged: (item: QueueItem) => void
}

export function ReportView({ id, latest, onBack, onChanged }: ReportViewProps) {
  const { t } = useMessages()
  const { loaded, checks, attempt, fresh, reload, markOwn } = useReport(id, onChanged)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [loaded !== null])

  return (
    <article class="report" aria-labelledby="report-title">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <ErrorMessage why={attempt.why} />
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
            <StatusButtons loaded={loaded} reload={reload} />
          </header>
          <CaseLine checks={checks} />
          <NewsLine news={reportNews(latest, loaded)}>
            <button type="button" aria-disabled={attempt.busy} onClick={() => attempt.run(reload)}>
              {t('staff.news.show')}
            </button>
          </NewsLine>
          {loaded.first ? (
            <>
              <ConsentFacts consent={loaded.first.report.consent} />
              <ThreadView loaded={loaded} checks={checks} fresh={fresh} />
              <CodedAnswers report={loaded.first.report} />
              <ReportFacts loaded={loaded} />
              <div class="reply">
                <ContactLine contact={loaded.first.report.contact} />
                <ReplyForm loaded={loaded} reload={reload} onSent={markOwn} />
              </div>
              <Notes
                loaded={loaded}
                checks={checks}
                fresh={fresh}
                reload={reload}
                onSaved={markOwn}
              />
            </>
          ) : (
            <>
              <p class="refused">{t('staff.report.cannot_open')}</p>
              <ReportFacts loaded={loaded} />
            </>
          )}
        </>
      )}
    </article>
  )
}

/** Replaces a report that could not be shown, so that other reports can still be read. */
export function ReportError({ onBack }: { onBack: () => void }) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <article class="report" aria-labelledby="report-title">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <h2 id="report-title" ref={heading} tabIndex={-1}>
        {t('staff.report.title')}
      </h2>
      <p class="refused">{t('staff.report.broken')}</p>
    </article>
  )
}
