// Shows the list on the left, one line for each report. Arrow keys, j and k move only while the
// focus is in the list.
import { useRef } from 'preact/hooks'
import { isUnsent } from '../crypto/drafts.ts'
import { ownValue } from '../prototype-guard.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { type News } from '../workspace/news.ts'
import { NewsLine } from '../workspace/news-line.tsx'
import { QueueRow } from './queue-row.tsx'
import { groupByLane, type QueueLane } from './group-by-lane.ts'
import { type LoadedQueue } from './use-queue.ts'

interface QueueListProps {
  queue: LoadedQueue
  selected: string | null
  news: News
  onOpen: (id: string) => void
  onReload: () => void
}

export function QueueList({ queue, selected, news, onOpen, onReload }: QueueListProps) {
  const { t } = useMessages()
  const { drafts } = useSessionContext()
  const list = useRef<HTMLDivElement>(null)
  const { loaded, attempt } = queue

  const move = (event: KeyboardEvent): void => {
    const step = ownValue(STEPS, event.key)
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const lines = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = lines.findIndex((line) => line === document.activeElement)
    lines[at + step]?.focus()
    event.preventDefault()
  }

  return (
    <section class="queue" aria-labelledby="queue-title">
      <div class="queue-head">
        <h2 id="queue-title" tabIndex={-1}>
          {t('staff.queue.title')}
        </h2>
        <button type="button" aria-disabled={attempt.busy} onClick={onReload}>
          {t('staff.queue.reload')}
        </button>
      </div>
      <p class="hint keys">{t('staff.queue.keys')}</p>
      <NewsLine news={news}>
        <p>{t('staff.queue.news')}</p>
      </NewsLine>
      <div role="status">
        {loaded?.lines.length === 0 && <p>{t('staff.queue.empty')}</p>}
        {loaded === null && attempt.busy && <p>{t('staff.loading')}</p>}
      </div>
      <ErrorMessage why={attempt.why} />
      <div class="lanes" ref={list} onKeyDown={move}>
        {groupByLane(loaded?.lines ?? []).map(({ lane, items }) => (
          // The first line names a lane, because lines are added at the end only.
          <section key={items[0]?.id}>
            <LaneTitle lane={lane} />
            <ul>
              {items.map((item) => (
                <QueueRow
                  key={item.id}
                  item={item}
                  current={item.id === selected}
                  unsent={isUnsent(drafts, item.id)}
                  onOpen={() => onOpen(item.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {loaded?.next !== undefined && loaded.next !== null && (
        <button type="button" class="more" aria-disabled={attempt.busy} onClick={queue.more}>
          {t('staff.queue.more')}
        </button>
      )}
    </section>
  )
}

function LaneTitle({ lane }: { lane: QueueLane }) {
  const { t } = useMessages()
  return (
    <h3 class="lane">
      {lane.danger && `${t('staff.danger')} · `}
      {t(`staff.status.${lane.status}`)}
      {lane.lane === 'B' && <small> {t('staff.lane.B.long')}</small>}
    </h3>
  )
}

const STEPS: Readonly<Record<string, number>> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  о: 1,
  л: -1,
}
