// Shows the messages and replies that the person can read too, and the reply form. The messages
// scroll, and the reply form stays below them.
import { type ComponentChildren } from 'preact'
import { type Growth } from '#protocol/staff/list/counts'
import { useMessages } from '../../i18n/messages.tsx'
import { NewsLine } from '../../session/news-line.tsx'
import { ReportFacts } from '../facts/report-facts.tsx'
import { type LoadedReport } from '../read/load-report.ts'
import { CaseKeyLine, useCaseKeyFaults } from './case-key-line.tsx'
import { CaseLine } from './case-line.tsx'
import { ContentNotePart, type ContentNote } from './content-note.tsx'
import { reportNews } from './report-news.ts'
import { ThreadView } from './thread.tsx'
import { ReplyPart } from './threads/reply-part.tsx'
import { type ShownReport } from './use-report.ts'

interface ConversationProps {
  loaded: LoadedReport
  shown: ShownReport
  note: ContentNote
  latest: Growth | null | undefined
  /** the error from the last load, with a way to try again; false without an error */
  failed: ComponentChildren
  isMoved: boolean
  replyTo: string | null
  onReplyTo: (thread: string) => void
  /** ids of the colleagues who are writing in the case now */
  writers: readonly string[]
}

export function ConversationPart(props: ConversationProps) {
  const { loaded, shown, note, latest, failed, isMoved, replyTo, onReplyTo, writers } = props
  const { t } = useMessages()
  const { checks, attempt, fresh, reload, markOwn } = shown
  const faults = useCaseKeyFaults(loaded)
  return (
    <div class="talk">
      <div class="conversation">
        {failed}
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
        {!loaded.first && !faults.isDamaged && !faults.lost && (
          <p class="refused">{t('staff.report.cannot_open')}</p>
        )}
        {loaded.first &&
          (note.hiding === null ? (
            <ThreadView loaded={loaded} checks={checks} fresh={fresh} />
          ) : (
            <ContentNotePart note={note.hiding} onShow={note.show} />
          ))}
        <ReportFacts loaded={loaded} />
      </div>
      {loaded.first && note.hiding === null && (
        <ReplyPart
          loaded={loaded}
          chosen={replyTo}
          onChoose={onReplyTo}
          writers={writers}
          reload={reload}
          onSent={markOwn}
        />
      )}
    </div>
  )
}
