// Shows the head of the list: the view and its count, the search, and the filter.
import { useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import type { FilterPanelProps } from './filter/filter-panel.tsx'
import { HolderChoice } from './filter/holder-choice.tsx'
import type { useFilter } from './filter/use-filter.ts'
import { SearchField } from './search-field.tsx'
import { type ShownList } from './use-list.ts'

interface ListHeadProps {
  list: ShownList
  shown: ReturnType<typeof useFilter>
  /** moves the focus on to the lines */
  onEnter: () => void
  onReload: () => void
}

const fetchPanel = async () => (await import('./filter/filter-panel.tsx')).FilterPanel

export function ListHead({ list, shown, onEnter, onReload }: ListHeadProps) {
  const { t } = useMessages()
  const [isOpen, setIsOpen] = useState(false)
  const { filter, lines, places, index } = list
  const { name, choose, views } = shown
  const isTasks = list.shows === 'tasks' && !list.found
  const title = isTasks ? t('staff.list.view.tasks') : list.found ? null : name
  return (
    <>
      <div class="queue-head">
        <h2 id="queue-title" tabIndex={-1}>
          <span class={title === null ? undefined : 'apart'}>{t('staff.queue.title')}</span>{' '}
          <bdi>{title}</bdi>
        </h2>
        {lines && !isTasks && <span class="queue-count">{places.length}</span>}
        <SearchField
          text={list.search}
          found={list.found?.size ?? null}
          onSearch={list.onSearch}
          onEnter={onEnter}
        />
        <HolderChoice isBare filter={filter} onFilter={choose} />
        <button
          type="button"
          class="filter-go"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t(name === null ? 'staff.list.filter.set' : 'staff.list.filter')}
        </button>
        <button type="button" aria-disabled={list.attempt.busy} onClick={onReload}>
          {t('staff.queue.reload')}
        </button>
      </div>
      {isOpen && <LoadPanel filter={filter} cases={index.cases} onFilter={choose} {...views} />}
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
