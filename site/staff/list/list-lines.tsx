// Shows the list's lines in their lanes, or the hits of a search. The Tab key reaches only the
// current line.
import { useEffect, useMemo } from 'preact/hooks'
import { groupByLane, type QueueLane } from './group-by-lane.ts'
import { isUnsent } from '../crypto/drafts.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { doerOf } from '../search/list-tasks.ts'
import { useSessionContext } from '../session/session-context.ts'
import { LineWindow } from './line-window.tsx'
import { QueueRow } from './queue-row.tsx'
import { type ShownList } from './use-list.ts'

export interface ListLinesProps {
  list: ShownList
  /** the case that is open beside the list */
  reading: string | null
  /** increases when the focus should move to the current line */
  focusAsked: number
  onOpen: (id: string) => void
}

export function ListLines({ list, reading, focusAsked, onOpen }: ListLinesProps) {
  const { t } = useMessages()
  const { drafts } = useSessionContext()
  const nameOf = useNames()
  const { places, lines, found, current, selected, index } = list
  const laneOf = useMemo(() => new Map(places.map(({ id, lane }) => [id, lane])), [places])
  const groups = useMemo(() => {
    if (found) return [{ key: 'found', heading: null, ids: places.map(({ id }) => id) }]
    // The first line identifies a group, because a line is in one group only.
    return groupByLane(places).map(({ lane, ids }) => ({
      key: ids[0] ?? '',
      heading: <LaneTitle lane={lane} count={ids.length} />,
      ids,
    }))
  }, [places, found !== null, t])
  // The lines become narrower beside a case, and the open line must stay in view.
  useEffect(() => {
    if (reading !== null)
      document.getElementById(`line-${reading}`)?.scrollIntoView({ block: 'nearest' })
  }, [reading, lines !== null])
  const standing = Math.max(
    0,
    places.findIndex(({ id }) => id === current),
  )
  const tabStop = places[standing]?.id
  return (
    <LineWindow
      key={found ? 'found' : JSON.stringify(list.filter)}
      groups={groups}
      label={t('staff.queue.title')}
      pinned={standing}
      focusAsked={focusAsked}
      renderLine={(id, place) => {
        const item = lines?.byId.get(id)
        const known = index.cases.get(id)
        const due = known?.tasks.find(({ dueDay }) => dueDay === item?.dueDay)
        const dueFor = item && due ? doerOf(due, item) : null
        return (
          item && (
            <QueueRow
              key={id}
              item={item}
              lane={found ? null : (laneOf.get(id) ?? null)}
              known={known}
              isDoubtful={index.differs(item)}
              found={found?.get(id)}
              place={place}
              isOpen={id === reading}
              isCurrent={id === tabStop}
              isSelected={selected.has(id)}
              isUnsent={isUnsent(drafts, id)}
              holder={item.assignee && nameOf(item.assignee)}
              dueFor={dueFor && nameOf(dueFor)}
              onOpen={() => {
                list.onCurrent(id)
                onOpen(id)
              }}
              onSelect={(isRange) => (isRange ? list.onRange(id) : list.onToggle(id))}
            />
          )
        )
      }}
    />
  )
}

const HEADINGS = {
  given: 'staff.list.given',
  danger: 'staff.danger',
  due: 'staff.list.due',
  us: 'staff.list.waits.us',
  person: 'staff.list.waits.person',
  closed: 'staff.status.closed',
} as const

function LaneTitle({ lane, count }: { lane: QueueLane; count: number }) {
  const { t } = useMessages()
  return (
    <h3 class="lane">
      {t(HEADINGS[lane.group])}
      {lane.lane === 'B' && <small> · {t('staff.lane.B.long')}</small>}{' '}
      <small class="lane-count">{count}</small>
    </h3>
  )
}
