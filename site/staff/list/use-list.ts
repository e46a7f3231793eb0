// Holds the state of the list: all lines, the filter, the search, the keyboard focus and the
// selection. Filter, search, place and selection survive a refresh and a lock.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { localDayOf } from '#content/clock.ts'
import { noteKnownRows } from '../api/own-rows.ts'
import { isGivenTo } from '../case/read/is-given.ts'
import { type LinePlace } from './group-by-lane.ts'
import { useCaseIndex, type CaseIndex, type FoundCase } from '../search/case-index.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useNames } from '../ledger/use-names.ts'
import { useSessionContext } from '../session/session-context.ts'
import { casesOfNamed } from './find-holder.ts'
import { lineTest, needsWords, type ListFilter } from './filter/list-filter.ts'
import { type Lines } from './lines.ts'
import { type KeptPlace, type ListPlace, type Tagging } from './list-place.ts'
import { nextPlaces, withLanes, type ListQuestion, type Places } from './order-lines.ts'
import { stillThere, toggled, withAll, withRange, type Selection } from './selection.ts'
import { asSeen } from './unread.ts'
import { useLines, type LoadedLines } from './use-lines.ts'

export interface ShownList extends LoadedLines {
  index: CaseIndex
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
  /**
   * whether tasks replace the cases; choosing a view, a filter or a search shows the cases again
   */
  shows: ListPlace['shows']
  onTasks: () => void
  search: string
  onSearch: (text: string) => void
  /** the hits of the search, by case; null if there is no search */
  found: ReadonlyMap<string, FoundCase> | null
  places: readonly LinePlace[]
  /** the case that has the keyboard focus */
  current: string | null
  onCurrent: (id: string | null) => void
  selected: Selection
  onToggle: (id: string) => void
  /** selects the lines from the last selected one up to this one */
  onRange: (id: string) => void
  onSelect: (selected: Selection) => void
  onSelectAll: () => void
  tagging: Tagging | null
  onTagging: (tagging: Tagging | null) => void
  /** records that the case was shown, and replaces its line without moving it */
  onShown: (item: QueueItem) => void
}

export function useList(kept: KeptPlace, report: string | null): ShownList {
  const { me } = useSessionContext()
  const loaded = useLines()
  const index = useCaseIndex()
  const [filter, setFilter] = useState(kept.now.filter)
  const [shows, setShows] = useState(kept.now.shows)
  const [asked, setAsked] = useState(0)
  const [search, onSearch] = useState(kept.now.search)
  const [current, onCurrent] = useState(kept.now.current)
  const [chosen, setSelected] = useState<Selection>(() => new Set(kept.now.selected))
  const [tagging, onTagging] = useState(kept.now.tagging)
  const anchor = useRef<string | null>(null)
  const byId = loaded.lines?.byId
  const selected = useMemo(() => (byId ? stillThere(chosen, byId) : chosen), [chosen, byId])

  kept.now = { filter, shows, search, current, selected: [...selected], report, tagging }

  // On returning to the list, the person continues at the case that was open.
  useEffect(() => {
    if (report !== null) onCurrent(report)
  }, [report])

  const nameOf = useNames()
  const stamp = loaded.lines?.stamp
  const { names } = useSeenLedger()
  const isWhole = loaded.lines?.next === null
  const found = useMemo(
    () => foundBy(index, search, byId, nameOf),
    [index, search, stamp, isWhole, names],
  )
  const places = usePlaces(loaded, { filter, asked, search, found, index, me: me.id })
  const order = useMemo(() => places.map(({ id }) => id), [places])

  return {
    ...loaded,
    ...{ index, filter, shows, search, onSearch, found, places, current, onCurrent },
    ...{ selected, onSelect: setSelected, tagging, onTagging },
    onTasks: () => setShows('tasks'),
    onFilter: (next) => {
      setShows('cases')
      setFilter(next)
      setAsked(asked + 1)
    },
    onToggle: (id) => {
      anchor.current = id
      setSelected((former) => toggled(former, id))
    },
    onRange: (id) => setSelected((former) => withRange(former, order, [anchor.current ?? id, id])),
    onSelectAll: () => setSelected((former) => withAll(former, order)),
    onShown: (item) => {
      noteKnownRows(item.id, item.rows)
      loaded.replace([asSeen(item)])
    },
  }
}

/**
 * Finds cases by words, and then the cases of a colleague whose name matches; null for a text
 * without words.
 */
function foundBy(
  index: CaseIndex,
  search: string,
  byId: Lines['byId'] | undefined,
  nameOf: (id: string) => string,
): ReadonlyMap<string, FoundCase> | null {
  const found = search.trim() === '' ? null : index.search(search)
  if (!found) return null
  const hits = new Map(found.map((each) => [each.id, each]))
  for (const each of casesOfNamed(byId?.values() ?? [], nameOf, index.isNamed(search)))
    if (!hits.has(each.id)) hits.set(each.id, each)
  return hits
}

interface Asked extends Pick<ShownList, 'filter' | 'search' | 'found' | 'index'> {
  /**
   * counts how often a filter has been chosen; choosing the same filter again sorts the lines again
   */
  asked: number
  me: string
}

function usePlaces(
  { lines }: LoadedLines,
  { filter, asked, search, found, index, me }: Asked,
): readonly LinePlace[] {
  const former = useRef<Places | null>(null)
  return useMemo(() => {
    if (!lines) return []
    const question = found ? `search ${search}` : JSON.stringify(filter)
    const today = localDayOf(Date.now())
    const asking: ListQuestion = {
      key: `${lines.stamp} ${asked} ${question}`,
      byId: lines.byId,
      isShown: lineTest(filter, { me, today, ...index }),
      words: needsWords(filter) ? index.cases.size : 0,
      found: found && [...found.keys()],
      at: { today, isFlood: lines.isFlood },
      isGiven: filter.isMine || filter.holder === 'me' ? (item) => isGivenTo(item, me) : null,
    }
    former.current = nextPlaces(former.current, asking)
    return withLanes(former.current.order, asking)
  }, [lines, filter, asked, found, needsWords(filter) ? index.cases : null])
}
