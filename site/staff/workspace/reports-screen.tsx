// Shows the list, and beside it the report that a person is reading. A phone shows only one of the
// two. Escape returns to the list in steps: it first leaves an empty field, but never a field with
// text.
import { useEffect, useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { type KeptPlace } from '../list/list-place.ts'
import { QueueList } from '../list/queue-list.tsx'
import { useList } from '../list/use-list.ts'
import { useCaseIndex } from '../search/case-index.ts'
import { focusSoon } from '../session/navigation.ts'
import { listNews } from '../session/news.ts'
import { type SeenCounts } from '../session/use-counts.ts'
import { type Listed } from '../session/use-title.ts'
import { hasText, isTyping } from '../ui/form.tsx'
import { LoadReport, useReportCode } from './load-report-view.tsx'
import { LoadTasks } from './load-tasks.tsx'
import type { AppNavigation } from './use-app-navigation.ts'

interface ReportsProps extends Pick<Listed, 'onListed'> {
  seen: SeenCounts
  navigation: AppNavigation
  /** the person's place in the list, which is kept while the app is locked */
  kept: KeptPlace
}

export function ReportsScreen({ seen, navigation, kept, onListed }: ReportsProps) {
  const selected = navigation.place.report
  /** the case into which the requested case was merged */
  const [movedTo, setMovedTo] = useState<string | null>(null)
  const list = useList(kept, selected)
  const arrivals = list.lines?.arrivals
  useReportCode(arrivals !== undefined)
  useEffect(() => {
    if (arrivals) onListed(arrivals)
  }, [arrivals])

  const index = useCaseIndex()
  // The list's news includes colleagues' tasks. Only the index reads the words of those tasks.
  useEffect(() => {
    const lines = [...(list.lines?.byId.values() ?? [])]
    const isOlder = ({ id, rows }: QueueItem): boolean =>
      index.cases.has(id) && index.cases.get(id)?.rows !== rows
    const grown = lines.filter(isOlder).map(({ id }) => id)
    if (grown.length > 0) index.refresh(...grown)
  }, [list.lines?.stamp])
  const noteChange = ({ id, followUps, rows }: QueueItem): void => {
    const known = index.cases.get(id)
    if (known?.followUps !== followUps || known.rows !== rows) index.refresh(id)
  }

  const order = list.places.map(({ id }) => id)
  const at = selected === null ? -1 : order.indexOf(selected)
  const step = (by: 1 | -1): void => {
    const next = order[at + by]
    if (next !== undefined) navigation.openReport(next)
  }

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      const isMeant = event.key === 'Escape' && !event.isComposing && !event.defaultPrevented
      if (!isMeant || selected === null) return
      const { target } = event
      if (!(target instanceof Element) || !isTyping(target)) navigation.home()
      else if (!hasText(target)) focusSoon('report-title')
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
        onOpen={navigation.openReport}
        tasks={({ byId, next, stamp }) => (
          <LoadTasks
            lines={byId}
            hasEachLine={next === null}
            stamp={stamp}
            reading={selected}
            onOpen={navigation.openReport}
          />
        )}
        onReload={() => {
          seen.ask()
          list.reload()
        }}
      />
      {selected !== null && (
        <LoadReport
          key={selected}
          id={selected}
          onBack={navigation.home}
          latest={seen.counts?.report}
          onOpen={navigation.openReport}
          onStep={step}
          hasNext={at + 1 < order.length}
          onMoved={(report) => {
            setMovedTo(report)
            navigation.openReport(report)
          }}
          isMoved={movedTo === selected}
          onChanged={(item) => {
            seen.ask()
            list.onShown(item)
            noteChange(item)
          }}
        />
      )}
    </main>
  )
}
