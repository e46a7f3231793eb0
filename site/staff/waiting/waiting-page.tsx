// Shows the reports that are waiting in R2, opened on this device. Staff can take in a report
// without waiting for the drain.
import { useEffect, useRef, useState } from 'preact/hooks'
import { postTakeIn } from '../api/overflow-api.ts'
import { SealedItemView } from '../case/facts/sealed-item.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { useWaiting, type WaitingItem } from './use-waiting.ts'

interface WaitingPageProps {
  onBack: () => void
  /** opens a report from the list */
  onOpen: (id: string) => void
  /** called when a waiting report has entered the database */
  onTaken: () => void
}

export function WaitingReportsPage({ onBack, onOpen, onTaken }: WaitingPageProps) {
  const { t } = useMessages()
  const { items, isEnd, attempt, more } = useWaiting()
  const isEmpty = items.length === 0
  const list = useRef<HTMLUListElement>(null)
  const end = useRef<HTMLParagraphElement>(null)
  const shown = useRef(0)
  // Focuses the first new report or the end of the list, because the last press on "more" removes
  // the button.
  useEffect(() => {
    const fresh = list.current?.querySelectorAll('summary')[shown.current]
    if (shown.current > 0) (fresh ?? end.current)?.focus()
    shown.current = items.length
  }, [items.length, isEnd])
  return (
    <ScreenPage title={t('staff.waiting.title')} onBack={onBack}>
      <p>
        {t('staff.waiting.lead', {
          go: t('staff.waiting.take'),
          open: t('staff.waiting.open'),
        })}
      </p>
      {!isEmpty && (
        <ul class="cards" ref={list}>
          {items.map((waiting) => (
            <WaitingLine
              key={`${waiting.partition}/${waiting.item.name}`}
              waiting={waiting}
              onOpen={onOpen}
              onTaken={onTaken}
            />
          ))}
        </ul>
      )}
      <p role="status" ref={end} tabIndex={-1}>
        {attempt.busy && t('staff.loading')}
        {!attempt.busy && isEnd && t(isEmpty ? 'staff.waiting.none' : 'staff.waiting.end')}
      </p>
      <ErrorMessage why={attempt.why} />
      {!isEnd && (
        <button type="button" aria-disabled={attempt.busy} onClick={more}>
          {t(attempt.why === null ? 'staff.queue.more' : 'staff.again')}
        </button>
      )}
    </ScreenPage>
  )
}

interface WaitingLineProps extends Pick<WaitingPageProps, 'onOpen' | 'onTaken'> {
  waiting: WaitingItem
}

function WaitingLine({ waiting, onOpen, onTaken }: WaitingLineProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const [isTaken, setTaken] = useState(false)
  const taken = useRef<HTMLDivElement>(null)
  // Focuses the next step, because the pressed button has disappeared.
  useEffect(() => {
    if (isTaken) taken.current?.querySelector<HTMLElement>('button, p')?.focus()
  }, [isTaken])
  const { partition, item } = waiting
  const take = (): void =>
    attempt.run(async () => {
      await postTakeIn({ partition, name: item.name, id: item.id })
      setTaken(true)
      onTaken()
    })
  // A follow-up is read in its thread, which the app cannot find by the id of the follow-up.
  const isReport = !partition.endsWith('followup')
  return (
    <SealedItemView opened={waiting}>
      <div class="verbs" ref={taken}>
        {!isTaken && waiting.report && (
          <button type="button" aria-disabled={attempt.busy} onClick={take}>
            {t('staff.waiting.take')}
          </button>
        )}
        {isTaken && isReport && (
          <button type="button" onClick={() => onOpen(item.id)}>
            {t('staff.waiting.open')}
          </button>
        )}
        <p role="status" tabIndex={-1}>
          {isTaken && t('staff.waiting.taken')}
        </p>
        <ErrorMessage why={attempt.why} />
      </div>
    </SealedItemView>
  )
}
