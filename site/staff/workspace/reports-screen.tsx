// Shows the list on the left and the report on the right. A phone shows only one of the two. Escape
// returns to the list.
import { useEffect, useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/cases'
import { type Listed } from '../alerts/use-title.ts'
import { useMessages } from '../i18n/messages.tsx'
import { QueueList } from '../queue/queue-list.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { ReportError, ReportView } from '../report/report-view.tsx'
import { useCaseIndex } from '../pieces/case-index.ts'
import { type Navigation } from '../session/navigation.ts'
import { ErrorBoundary } from '../ui/errors.tsx'
import { listNews } from './news.ts'
import { type SeenCounts } from './use-counts.ts'

interface ReportsProps extends Pick<Listed, 'onListed'> {
  seen: SeenCounts
  standing: Navigation
}

export function ReportsScreen({ seen, standing, onListed }: ReportsProps) {
  const { t } = useMessages()
  const queue = useQueue()
  const selected = standing.place.report
  /** the case that went on for the one that was asked for */
  const [movedTo, setMovedTo] = useState<string | null>(null)
  const arrivals = queue.loaded?.arrivals
  useEffect(() => {
    if (arrivals) onListed(arrivals)
  }, [arrivals])

  const index = useCaseIndex()
  const noteChange = ({ id, followUps, rows }: QueueItem): void => {
    const known = index.cases.get(id)
    if (known?.followUps !== followUps || known.rows !== rows) index.refresh(id)
  }

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing && selected !== null) standing.home()
    }
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [selected])

  return (
    <main class={selected === null ? 'workspace' : 'workspace is-reading'}>
      <QueueList
        queue={queue}
        selected={selected}
        news={listNews(seen.counts?.arrivals, arrivals)}
        onOpen={(report) => standing.go({ screen: 'reports', report })}
        onReload={() => {
          seen.ask()
          queue.reload()
        }}
      />
      {selected === null ? (
        <p class="choose">{t('staff.queue.choose')}</p>
      ) : (
        <ErrorBoundary key={selected} instead={<ReportError onBack={standing.home} />}>
          <ReportView
            id={selected}
            onBack={standing.home}
            latest={seen.counts?.report}
            onOpen={(report) => standing.go({ screen: 'reports', report })}
            onMoved={(report) => {
              setMovedTo(report)
              standing.go({ screen: 'reports', report })
            }}
            isMoved={movedTo === selected}
            onChanged={(item) => {
              seen.ask()
              queue.replace(item)
              noteChange(item)
            }}
          />
        </ErrorBoundary>
      )}
    </main>
  )
}
