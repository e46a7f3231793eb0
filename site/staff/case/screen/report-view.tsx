// Shows one case, opened in the browser: its head, the conversation, and the staff's side of the
// case. If a part of the case fails to render, a sentence replaces the case.
import { type ComponentChildren, type RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { ErrorBoundary, ErrorMessage } from '../../ui/errors.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { moveDrafts } from '../write/move-drafts.ts'
import { type ReportViewProps } from './case-props.ts'
import { useContentNote } from './content-note.tsx'
import { BackButton } from './head/back-button.tsx'
import { useEarlyKey, useStepKeys, type WaitingKey } from './keys/use-case-keys.ts'
import { LoadedCase } from './loaded-case.tsx'
import { useReport } from './use-report.ts'
import { useSeen } from './use-seen.ts'

function ReportView({ id, onChanged, onMoved, ...view }: ReportViewProps) {
  const { t } = useMessages()
  const shown = useReport(id, onChanged)
  const { loaded, attempt, reload, added } = shown
  const { drafts } = useSessionContext()
  const note = useContentNote(loaded)
  const heading = useRef<HTMLHeadingElement>(null)
  const waitingKey: WaitingKey = useRef(null)
  // While a note hides the words, the colleague has not seen them.
  useSeen(note.hiding === null ? loaded : null, added)
  useEffect(() => takeFocus(heading.current), [loaded !== null])
  const goesOn = loaded?.item.id
  useEffect(() => {
    if (goesOn === undefined || goesOn === id) return
    moveDrafts(drafts, id, goesOn)
    onMoved(goesOn)
  }, [goesOn])
  const failed = attempt.why !== null && (
    <>
      <ErrorMessage why={attempt.why} />
      <button type="button" onClick={() => attempt.run(reload)}>
        {t('staff.again')}
      </button>
    </>
  )
  const parts = { heading, waitingKey, failed }
  if (loaded) return <LoadedCase {...{ ...view, ...parts, loaded, shown, note }} />
  return <OpeningCase {...parts} onBack={view.onBack} />
}

interface OpeningProps extends Pick<ReportViewProps, 'onBack'> {
  heading: RefObject<HTMLHeadingElement>
  waitingKey: WaitingKey
  /** the error, with a way to try again; false while the case is loading */
  failed: ComponentChildren
}

function OpeningCase({ heading, waitingKey, failed, onBack }: OpeningProps) {
  const { t } = useMessages()
  useEarlyKey(waitingKey, failed === false)
  return (
    <article class="report" aria-labelledby="report-title">
      <div class="talk">
        <BackButton onBack={onBack} />
        <h2 id="report-title" ref={heading} tabIndex={-1}>
          {t(failed === false ? 'staff.report.opening' : 'staff.report.title')}
        </h2>
        {failed}
      </div>
    </article>
  )
}

/** Shows a report, or a sentence in its place if a part of it fails to render. */
export function ReportPane(props: ReportViewProps) {
  useStepKeys(props.onStep)
  return (
    <ErrorBoundary key={props.id} instead={<ReportError onBack={props.onBack} />}>
      <ReportView {...props} />
    </ErrorBoundary>
  )
}

/** Replaces a report that could not be shown, so that other reports can still be read. */
function ReportError({ onBack }: Pick<ReportViewProps, 'onBack'>) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(heading.current), [])
  return (
    <article class="report talk" aria-labelledby="report-title">
      <BackButton onBack={onBack} />
      <h2 id="report-title" ref={heading} tabIndex={-1}>
        {t('staff.report.title')}
      </h2>
      <p class="refused">{t('staff.report.broken')}</p>
    </article>
  )
}
