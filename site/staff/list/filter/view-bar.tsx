// Shows the views as a row of buttons: first everybody's views with their counts, then the saved
// views.
import type { QueueItem } from '#protocol/staff/list/queue'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { isSameFilter, lineTest, type FilterContext, type ListFilter } from './list-filter.ts'
import { DEFAULT_FILTERS, DEFAULT_VIEWS, type SavedView } from './views.ts'

interface ViewBarProps {
  byId: ReadonlyMap<string, QueueItem> | undefined
  context: FilterContext
  /** null while a search is shown */
  filter: ListFilter | null
  saved: readonly SavedView[]
  onFilter: (filter: ListFilter) => void
}

export function ViewBar({ byId, context, filter, saved, onFilter }: ViewBarProps) {
  const { t } = useMessages()
  const counts = useMemo(() => countsOf(byId, context), [byId])
  const bar = useRef<HTMLElement>(null)
  // A narrow list shows the views in a single row, where the chosen view may be out of sight. The
  // counts make each button wider.
  useEffect(
    () =>
      bar.current
        ?.querySelector('[aria-pressed=true]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [filter, counts === undefined],
  )
  const button = (key: string, name: string, of: ListFilter, count: number | null) => (
    <button
      key={key}
      type="button"
      aria-pressed={filter !== null && isSameFilter(of, filter)}
      onClick={() => onFilter(of)}
    >
      <bdi>{name}</bdi>
      {count !== null && <small>{count}</small>}
    </button>
  )
  return (
    <nav class="views" ref={bar} aria-label={t('staff.list.views')}>
      {DEFAULT_VIEWS.map((view, at) =>
        button(view, t(`staff.list.view.${view}`), DEFAULT_FILTERS[view], counts?.[at] ?? null),
      )}
      {saved.map(({ name, filter: of }) => button(`saved ${name}`, name, of, null))}
    </nav>
  )
}

/** Counts the lines of each default view in one pass. */
function countsOf(
  byId: ViewBarProps['byId'],
  context: FilterContext,
): readonly number[] | undefined {
  if (!byId) return undefined
  const tests = DEFAULT_VIEWS.map((view) => lineTest(DEFAULT_FILTERS[view], context))
  const counts = tests.map(() => 0)
  for (const item of byId.values())
    for (const [at, test] of tests.entries()) if (test(item)) counts[at] = (counts[at] ?? 0) + 1
  return counts
}
