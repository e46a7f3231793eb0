// The list on the left: one line a report. Arrow keys and j, k move while the focus is in it, and only then.
import { useRef } from 'preact/hooks'
import { isUnsent } from '../keys/drafts.ts'
import { Refused } from '../parts/refused.tsx'
import { useWords } from '../words.tsx'
import { useDesk } from './desk-context.ts'
import { QueueLine } from './queue-line.tsx'
import { traysOf } from './trays.ts'
import { type LoadedQueue } from './use-queue.ts'

interface QueueListProps {
  queue: LoadedQueue
  selected: string | null
  hasNews: boolean
  onOpen: (id: string) => void
  onReload: () => void
}

export function QueueList({ queue, selected, hasNews, onOpen, onReload }: QueueListProps) {
  const { t } = useWords()
  const { drafts } = useDesk()
  const list = useRef<HTMLDivElement>(null)
  const { items, hasMore, attempt } = queue
  const trays = traysOf(items ?? [])
  const hasTrays = trays.some(({ lane }) => lane === 'B')

  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const lines = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = lines.findIndex((line) => line === document.activeElement)
    lines[at + step]?.focus()
    event.preventDefault()
  }

  return (
    <section class="queue" aria-labelledby="queue-title">
      <div class="queue-head">
        <h2 id="queue-title">{t('staff.queue.title')}</h2>
        <button type="button" aria-disabled={attempt.busy} onClick={onReload}>
          {t('staff.queue.reload')}
        </button>
      </div>
      <p class="hint keys">{t('staff.queue.keys')}</p>
      <div role="status">
        {hasNews && <p class="news">{t('staff.queue.news')}</p>}
        {items?.length === 0 && <p>{t('staff.queue.empty')}</p>}
        {items === null && attempt.busy && <p>{t('staff.loading')}</p>}
      </div>
      <Refused why={attempt.why} />
      <div class="trays" ref={list} onKeyDown={move}>
        {trays.map((tray) => (
          // The first line names a tray: lines are added at the end only.
          <section key={tray.items[0]?.id}>
            {hasTrays && <h3 class="tray">{t(`staff.lane.${tray.lane}.long`)}</h3>}
            <ul>
              {tray.items.map((item) => (
                <QueueLine
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
      {hasMore && (
        <button type="button" class="more" aria-disabled={attempt.busy} onClick={queue.more}>
          {t('staff.queue.more')}
        </button>
      )}
    </section>
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
