// Shows the list, and beside it the report that a person reads. A phone shows only one of the two.
// Escape returns to the list.
import { useEffect } from 'preact/hooks'
import { type Listed } from '../alerts/use-title.ts'
import { QueueList } from '../queue/queue-list.tsx'
import { type KeptPlace } from '../queue/list-place.ts'
import { useList } from '../queue/use-list.ts'
import { ReportError, ReportView } from '../report/report-view.tsx'
import { type Navigation } from '../session/navigation.ts'
import { ErrorBoundary } from '../ui/errors.tsx'
import { listNews } from './news.ts'
import { type SeenCounts } from './use-counts.ts'

interface ReportsProps extends Pick<Listed, 'onListed'> {
  seen: SeenCounts
  standing: Navigation
  /** the place of the person in the list, which survives a lock */
  kept: KeptPlace
}

export function ReportsScreen({ seen, standing, kept, onListed }: ReportsProps) {
  const selected = standing.place.report
  const list = useList(kept, selected)
  const arrivals = list.lines?.arrivals
  useEffect(() => {
    if (arrivals) onListed(arrivals)
  }, [arrivals])

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      const isMeant = event.key === 'Escape' && !event.isComposing && !event.defaultPrevented
      if (isMeant && selected !== null) standing.home()
    }
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [selected])

  return (
    <main class={selected === null ? 'workspace' : 'workspace is-reading'}>
      <QueueList
        list={list}
        reading={selected}
        news={listNews(seen.counts?.arrivals, arrivals)}
        onOpen={(report) => standing.go({ screen: 'reports', report })}
        onReload={() => {
          seen.ask()
          list.reload()
        }}
      />
      {selected !== null && (
        <ErrorBoundary key={selected} instead={<ReportError onBack={standing.home} />}>
          <ReportView
            id={selected}
            onBack={standing.home}
            latest={seen.counts?.report}
            onChanged={(item) => {
              seen.ask()
              list.onShown(item)
            }}
          />
        </ErrorBoundary>
      )}
    </main>
  )
}
