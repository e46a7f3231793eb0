// Shows everything that the person can also read: their words, the replies, and the way to reply.
// The order of work is: the wish that counts, the words, safe contact and the reply.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Growth } from '#protocol/staff/list/counts'
import { useMessages } from '../../i18n/messages.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { NewsLine } from '../../session/news-line.tsx'
import { ErrorMessage } from '../../ui/errors.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { ReportFacts } from '../facts/report-facts.tsx'
import { CaseKeyLine, useCaseKeyFaults } from './case-key-line.tsx'
import { CaseLine } from './case-line.tsx'
import { ContentNotePart, NOTE_TITLE, type ContentNote } from './content-note.tsx'
import { SimilarCases } from './links/similar-cases.tsx'
import { reportNews } from './report-news.ts'
import { ReportTitle } from './report-title.tsx'
import { AssigneePart } from './team/assignee-part.tsx'
import { ThreadView } from './thread.tsx'
import { ReplyPart } from './threads/reply-part.tsx'
import { type ShownReport } from './use-report.ts'
import { LeadingWish } from './wishes/leading-wish.tsx'

export interface ConversationProps {
  shown: ShownReport
  note: ContentNote
  /** the growth of the report at the last poll */
  latest: Growth | null | undefined
  onBack: () => void
  /** shows another case */
  onOpen: (id: string) => void
  /** true when the person asked for a case that was merged into this one */
  isMoved: boolean
}

export function ConversationPart({
  shown,
  note,
  latest,
  onBack,
  onOpen,
  isMoved,
}: ConversationProps) {
  const { t } = useMessages()
  const { loaded, checks, attempt, fresh, reload, markOwn } = shown
  const faults = useCaseKeyFaults(loaded)
  const heading = useRef<HTMLHeadingElement>(null)
  const [replyTo, setReplyTo] = useState<string | null>(null)
  useEffect(() => takeFocus(heading.current), [loaded !== null])
  const ask = (thread: string): void => {
    setReplyTo(thread)
    focusSoon(note.hiding === null ? 'answer-title' : NOTE_TITLE)
  }

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
          <ReportTitle loaded={loaded} reload={reload} heading={heading} />
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
              <LeadingWish {...{ loaded, checks, reload }} onSaved={markOwn} onAsk={ask} />
              {note.hiding === null ? (
                <ThreadView loaded={loaded} checks={checks} fresh={fresh} />
              ) : (
                <ContentNotePart note={note.hiding} onShow={note.show} />
              )}
              <ReportFacts loaded={loaded} />
              <AssigneePart loaded={loaded} reload={reload} onAsk={ask} onGone={onBack} />
              {note.hiding === null && (
                <ReplyPart
                  loaded={loaded}
                  chosen={replyTo}
                  onChoose={setReplyTo}
                  reload={reload}
                  onSent={markOwn}
                />
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
