// Shows the waiting reports in R2, opened on this device. Staff take a report in without waiting
// for the drain.
import { useEffect, useRef, useState } from 'preact/hooks'
import { postTakeIn } from '../api/staff-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { SealedItemView } from './sealed-item.tsx'
import { useWaiting, type WaitingItem } from './use-waiting.ts'

export interface WaitingPageProps {
  onBack: () => void
  /** opens a report of the list */
  onOpen: (id: string) => void
  /** a waiting report entered the database */
  onTaken: () => void
}

export function WaitingReportsPage({ onBack, onOpen, onTaken }: WaitingPageProps) {
  const { t } = useMessages()
  const { items, isEnd, attempt, more } = useWaiting()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const isEmpty = items.length === 0
  return (
    <main class="screen">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {t('staff.waiting.title')}
      </h2>
      <p>{t('staff.waiting.lead')}</p>
      <ul class="sealed-items">
        {items.map((waiting) => (
          <WaitingLine
            key={`${waiting.partition}/${waiting.item.name}`}
            waiting={waiting}
            onOpen={onOpen}
            onTaken={onTaken}
          />
        ))}
      </ul>
      <p role="status">
        {attempt.busy && t('staff.loading')}
        {!attempt.busy && isEnd && t(isEmpty ? 'staff.waiting.none' : 'staff.waiting.end')}
      </p>
      <ErrorMessage why={attempt.why} />
      {!isEnd && (
        <button type="button" aria-disabled={attempt.busy} onClick={more}>
          {t(attempt.why === null ? 'staff.queue.more' : 'staff.again')}
        </button>
      )}
    </main>
  )
}

interface WaitingLineProps extends Pick<WaitingPageProps, 'onOpen' | 'onTaken'> {
  waiting: WaitingItem
}

function WaitingLine({ waiting, onOpen, onTaken }: WaitingLineProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const [isTaken, setTaken] = useState(false)
  const { partition, item } = waiting
  const take = (): void =>
    attempt.run(async () => {
      await postTakeIn({ partition, name: item.name, id: item.id })
      setTaken(true)
      onTaken()
    })
  // A follow-up is read in its thread, which the app finds by no id.
  const isReport = !partition.endsWith('followup')
  return (
    <SealedItemView opened={waiting}>
      <div class="verbs">
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
        <p role="status">{isTaken && t('staff.waiting.taken')}</p>
        <ErrorMessage why={attempt.why} />
      </div>
    </SealedItemView>
  )
}
