// Shows the views with their counts: first the views that everybody has and the tasks, then the
// saved views. A wide screen shows a rail, and a phone a single row.
import { Fragment } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { concerns, listTasks } from '../../search/list-tasks.ts'
import { type ShownList } from '../use-list.ts'
import { countLines } from './count-lines.ts'
import { isSameFilter, type FilterContext, type ListFilter } from './list-filter.ts'
import { DEFAULT_FILTERS, DEFAULT_VIEWS, TASKS_AFTER, type SavedView } from './views.ts'

interface ViewBarProps {
  list: ShownList
  context: FilterContext
  saved: readonly SavedView[]
  onFilter: (filter: ListFilter) => void
  onTasks: () => void
}

export function ViewBar({ list, context, saved, onFilter, onTasks }: ViewBarProps) {
  const { t } = useMessages()
  const byId = list.lines?.byId
  const { cases } = context
  const counts = useMemo(() => {
    const filters = [...DEFAULT_VIEWS.map((view) => DEFAULT_FILTERS[view]), ...saved.map(filterOf)]
    return byId && countLines(byId, filters, context)
  }, [byId, saved, cases])
  const tasks = useMemo(
    () => byId && listTasks(byId, list.index.cases).filter((each) => concerns(each, context.me)),
    [byId, cases],
  )
  const bar = useRef<HTMLElement>(null)
  const isTasks = list.shows === 'tasks' && !list.found
  // A narrow list shows the views in a single row, where the chosen view may be out of sight. Runs
  // again when the counts arrive, because they make each button wider.
  useEffect(
    () =>
      bar.current
        ?.querySelector('[aria-pressed=true]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [list.filter, isTasks, counts === undefined],
  )
  const isChosen = (of: ListFilter): boolean =>
    !list.found && !isTasks && isSameFilter(of, list.filter)
  const button = (key: string, name: string, of: ListFilter, at: number) => (
    <button key={key} type="button" aria-pressed={isChosen(of)} onClick={() => onFilter(of)}>
      <bdi>{name}</bdi>
      <Count n={counts?.[at]} />
    </button>
  )
  return (
    <nav class="views" ref={bar} aria-label={t('staff.list.views')}>
      {DEFAULT_VIEWS.map((view, at) => (
        <Fragment key={view}>
          {button(view, t(`staff.list.view.${view}`), DEFAULT_FILTERS[view], at)}
          {view === TASKS_AFTER && (
            <button type="button" aria-pressed={isTasks} onClick={onTasks}>
              <bdi>{t('staff.list.view.tasks')}</bdi>
              <Count n={cases.size === 0 ? null : tasks?.length} />
            </button>
          )}
        </Fragment>
      ))}
      {saved.map(({ name, filter: of }, at) =>
        button(`saved ${name}`, name, of, DEFAULT_VIEWS.length + at),
      )}
    </nav>
  )
}

const filterOf = ({ filter }: SavedView): ListFilter => filter

/** Shows a number once it is known. */
const Count = ({ n }: { n: number | null | undefined }) =>
  n === null || n === undefined ? null : <small>{n}</small>
