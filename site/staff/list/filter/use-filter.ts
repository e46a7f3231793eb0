// Combines the list's filter with the saved views, for the rail and for the filter panel.
import { localDayOf } from '#content/clock.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { type ShownList } from '../use-list.ts'
import { isSameFilter, type FilterContext, type ListFilter } from './list-filter.ts'
import { useViews, type OwnViews } from './use-views.ts'
import { defaultViewOf } from './views.ts'

interface ShownFilter {
  views: OwnViews
  context: FilterContext
  /** name of the chosen view; null for an unnamed filter */
  name: string | null
  /** shows the lines of a filter */
  choose: (next: ListFilter) => void
  /** shows the tasks in place of the lines */
  chooseTasks: () => void
}

export function useFilter(list: ShownList): ShownFilter {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const { cases, inPlace } = list.index
  const views = useViews(list.lines !== null)
  const view = defaultViewOf(list.filter)
  const saved = views.saved.find(({ filter }) => isSameFilter(filter, list.filter))
  // A search covers all cases, so choosing a view ends the search.
  const choosing = (act: () => void): void => {
    list.onSearch('')
    act()
  }
  return {
    views,
    context: { me: me.id, today: localDayOf(Date.now()), cases, inPlace },
    name: view ? t(`staff.list.view.${view}`) : (saved?.name ?? null),
    choose: (next) => choosing(() => list.onFilter(next)),
    chooseTasks: () => choosing(list.onTasks),
  }
}
