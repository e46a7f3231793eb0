// Shows one case, opened in the browser: the conversation in the order of work, and our side of the
// case. The order of work is consent, words, safe contact and reply.
import { useEffect, useRef } from 'preact/hooks'
import type { Growth } from '#protocol/staff/counts'
import type { QueueItem } from '#protocol/staff/queue'
import { CaseKeyLine, useCaseKeyFaults } from '../case/case-key-line.tsx'
import { CaseLine } from '../case/case-line.tsx'
import { moveDrafts } from '../case/move-drafts.ts'
import { LoadInside } from '../case/load-inside.tsx'
import { PrintLine } from '../case/print-part.tsx'
import { summaryIn } from '../case/records/read-records.ts'
import { AssigneePart } from '../case/team/assignee-part.tsx'
import { ReplyPart } from '../case/threads/reply-part.tsx'
import { useSeen } from '../case/use-seen.ts'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { DangerMark } from '../ui/marks.tsx'
import { ErrorBoundary, ErrorMessage } from '../ui/errors.tsx'
import { takeFocus } from '../ui/take-focus.ts'
import { useMessages } from '../i18n/messages.tsx'
import { SimilarCases } from '../pieces/similar-cases.tsx'
import { ContentNotePart, useContentNote, type ContentNote } from './content-note.tsx'
import { ConsentFacts, ReportFacts } from './report-facts.tsx'
import { kindKey } from './kind-key.ts'
import { NewsLine } from '../workspace/news-line.tsx'
import { reportNews } from './report-news.ts'
import { StatusButtons } from './status-buttons.tsx'
import { ThreadView } from './thread.tsx'
import { isTestLetter } from '../operator/entered-by.ts'
import { CodedAnswers } from './coded-answers.tsx'
import { useReport, type ShownReport } from './use-report.ts'

export interface ReportViewProps {
  id: string
  /** the growth of the report at the last poll */
  latest: Growth | null | undefined
  onBack: () => void
  onChanged: (item: QueueItem) => void
  /** shows another case */
  onOpen: (id: string) => void
  /** shows the case that goes on for this one */
  onMoved: (id: string) => void
  /** true when the person asked for a case that went into this one */
  isMoved: boolean
}

function ReportView({ id, onChanged, onOpen, onMoved, ...talk }: ReportViewProps) {
  const shown = useReport(id, onChanged)
  const { loaded, checks, fresh, reload, markOwn, added } = shown
  const { drafts } = useSessionContext()
  const note = useContentNote(loaded)
  // Nobody has seen words that a note hides.
  useSeen(note.hiding === null ? loaded : null, added)
  const goesOn = loaded?.item.id
  useEffect(() => {
    if (goesOn === undefined || goesOn === id) return
    moveDrafts(drafts, id, goesOn)
    onMoved(goesOn)
  }, [goesOn])
  const inside = { checks, fresh, reload, onSaved: markOwn, onOpen }
  return (
    <article class="report" aria-labelledby="report-title">
      {loaded && <PrintLine loaded={loaded} />}
      <Talk shown={shown} note={note} onOpen={onOpen} {...talk} />
      {loaded && <LoadInside loaded={loaded} {...inside} />}
    </article>
  )
}

interface TalkProps extends Pick<ReportViewProps, 'latest' | 'onBack' | 'onOpen' | 'isMoved'> {
  shown: ShownReport
  note: ContentNote
}

/** Shows what the person reads too: their words, our replies, and the way to reply. */
function Talk({ shown, note, latest, onBack, onOpen, isMoved }: TalkProps) {
  const { t } = useMessages()
  const { loaded, checks, attempt, fresh, reload, markOwn } = shown
  const faults = useCaseKeyFaults(loaded)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(heading.current), [loaded !== null])
  const title = loaded && summaryIn(loaded.records)?.title
  const kind = loaded && t(kindKey(loaded.kind))

  return (
    <div class="talk">
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
            <h2 id="report-title" ref={heading} tabIndex={-1} dir="auto">
              {title || kind}
            </h2>
            {title && <p class="hint">{kind}</p>}
            {isTestLetter(loaded.sealed, loaded.first) && (
              <p class="note">{t('staff.test.mark')}</p>
            )}
            <StatusButtons loaded={loaded} reload={reload} />
            <button type="button" class="to-inside" onClick={() => focusSoon('inside-title')}>
              {t('staff.inside.go')}
            </button>
          </header>
          {isMoved && <p class="note">{t('staff.merge.moved')}</p>}
          <CaseLine checks={checks} />
          <CaseKeyLine {...faults} />
          {loaded.sealedLetters > 0 && (
            <p class="warning">{t('staff.case.sealed', { n: loaded.sealedLetters })}</p>
          )}
          <NewsLine news={reportNews(latest, loaded)}>
            <button type="button" aria-disabled={attempt.busy} onClick={() => attempt.run(reload)}>
              {t('staff.news.show')}
            </button>
          </NewsLine>
          {loaded.first ? (
            <>
              <ConsentFacts consent={loaded.first.report.consent} />
              {note.hiding === null ? (
                <ThreadView loaded={loaded} checks={checks} fresh={fresh} />
              ) : (
                <ContentNotePart note={note.hiding} onShow={note.show} />
              )}
              <CodedAnswers report={loaded.first.report} />
              <ReportFacts loaded={loaded} />
              <AssigneePart loaded={loaded} reload={reload} />
              {note.hiding === null && (
                <ReplyPart loaded={loaded} reload={reload} onSent={markOwn} />
              )}
              <SimilarCases loaded={loaded} reload={reload} onOpen={onOpen} />
            </>
          ) : (
            <>
              {!faults.isDamaged && !faults.lost && (
                <p class="refused">{t('staff.report.cannot_open')}</p>
              )}
              <ReportFacts loaded={loaded} />
            </>
          )}
        </>
      )}
    </div>
  )
}

/** Shows a report, and a sentence in its place when a part of it breaks. */
export const ReportPane = (props: ReportViewProps) => (
  <ErrorBoundary key={props.id} instead={<ReportError onBack={props.onBack} />}>
    <ReportView {...props} />
  </ErrorBoundary>
)

/** Replaces a report that could not be shown, so that other reports can still be read. */
function ReportError({ onBack }: { onBack: () => void }) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(heading.current), [])
  return (
    <article class="report talk" aria-labelledby="report-title">
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
