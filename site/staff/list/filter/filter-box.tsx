// Shows the views and, on demand, the filter. The summary says whether a filter is set.
import { useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { localDayOf } from '#content/clock.ts'
import { useFetched } from '../../ui/use-fetched.ts'
import { type ShownList } from '../use-list.ts'
import { isSameFilter, type ListFilter } from './list-filter.ts'
import { useViews } from './use-views.ts'
import { ViewBar } from './view-bar.tsx'
import { DEFAULT_FILTERS, DEFAULT_VIEWS } from './views.ts'
import type { FilterPanelProps } from './filter-panel.tsx'

const fetchPanel = async () => (await import('./filter-panel.tsx')).FilterPanel

export function FilterBox({ list }: { list: ShownList }) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const { filter, onFilter, index, lines } = list
  const views = useViews(lines !== null)
  const [isOpen, setIsOpen] = useState(false)
  const context = { me: me.id, today: localDayOf(Date.now()), cases: index.cases }
  // A search covers all cases, so choosing a view ends it.
  const choose = (next: ListFilter): void => {
    list.onSearch('')
    onFilter(next)
  }
  const isOwn = !DEFAULT_VIEWS.some((view) => isSameFilter(DEFAULT_FILTERS[view], filter))
  return (
    <>
      <ViewBar
        byId={lines?.byId}
        context={context}
        filter={list.found ? null : filter}
        saved={views.saved}
        onFilter={choose}
      />
      <details
        class="filter-box"
        open={isOpen}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary>{t(isOwn ? 'staff.list.filter.set' : 'staff.list.filter')}</summary>
        {isOpen && <LoadPanel filter={filter} cases={index.cases} onFilter={choose} {...views} />}
      </details>
    </>
  )
}

function LoadPanel(props: FilterPanelProps) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchPanel)
  if (Part) return <Part {...props} />
  return why === null ? (
    <p role="status">{t('staff.loading')}</p>
  ) : (
    <button type="button" onClick={() => void again()}>
      {t('staff.again')}
    </button>
  )
}
