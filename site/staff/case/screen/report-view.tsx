// Shows one case, opened in the browser: the conversation, and the staff's side of the case. If a
// part breaks, a sentence takes its place.
import { useEffect, useRef } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff/list/queue'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { ErrorBoundary } from '../../ui/errors.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { moveDrafts } from '../write/move-drafts.ts'
import { useContentNote } from './content-note.tsx'
import { ConversationPart, type ConversationProps } from './conversation-part.tsx'
import { LoadInside } from './load-inside.tsx'
import { PrintLine } from './print-part.tsx'
import { useReport } from './use-report.ts'
import { useSeen } from './use-seen.ts'

export interface ReportViewProps extends Omit<ConversationProps, 'shown' | 'note'> {
  id: string
  onChanged: (item: QueueItem) => void
  /** shows the case into which this one was merged */
  onMoved: (id: string) => void
}

function ReportView({ id, onChanged, onOpen, onMoved, ...talk }: ReportViewProps) {
  const shown = useReport(id, onChanged)
  const { loaded, checks, fresh, reload, markOwn, added } = shown
  const { drafts } = useSessionContext()
  const note = useContentNote(loaded)
  // While a note hides the words, the colleague has not seen them.
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
      <ConversationPart shown={shown} note={note} onOpen={onOpen} {...talk} />
      {loaded && <LoadInside loaded={loaded} {...inside} />}
    </article>
  )
}

/** Shows a report, or a sentence in its place when a part of it breaks. */
export const ReportPane = (props: ReportViewProps) => (
  <ErrorBoundary key={props.id} instead={<ReportError onBack={props.onBack} />}>
    <ReportView {...props} />
  </ErrorBoundary>
)

/** Replaces a report that could not be shown, so that other reports remain readable. */
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
