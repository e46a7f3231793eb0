// Shows the list: search, views, filter, news, the lines, and the bar for acts on many.
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { isUnsent } from '../crypto/drafts.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../log/use-names.ts'
import { useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import { type News } from '../workspace/news.ts'
import { NewsLine } from '../workspace/news-line.tsx'
import type { BulkBarProps } from './bulk/bulk-bar.tsx'
import { FilterBox } from './filter/filter-box.tsx'
import { groupByLane, type QueueLane } from './group-by-lane.ts'
import type { KeysDialogProps } from './keys-dialog.tsx'
import { LineWindow } from './line-window.tsx'
import { QueueRow } from './queue-row.tsx'
import { SearchField } from './search-field.tsx'
import { useListKeys } from './use-list-keys.ts'
import { type ShownList } from './use-list.ts'

interface QueueListProps {
  list: ShownList
  /** the case that is open beside the list */
  reading: string | null
  news: News
  onOpen: (id: string) => void
  onReload: () => void
}

const fetchBulk = async () => (await import('./bulk/bulk-bar.tsx')).BulkBar
const fetchKeys = async () => (await import('./keys-dialog.tsx')).KeysDialog

export function QueueList({ list, reading, news, onOpen, onReload }: QueueListProps) {
  const { t } = useMessages()
  const section = useRef<HTMLElement>(null)
  const { attempt, lines, places } = list
  // The bar stays once it was shown, because it says afterwards what became of an act.
  const hasActed = useRef(false)
  if (list.selected.size > 0 || list.tagging) hasActed.current = true
  const keys = useListKeys({ list, section, onReload })
  // A search ignores view and filter, so that other words are the way on.
  const noneKey = list.found ? 'staff.list.none.found' : 'staff.list.none'
  const focusFirst = (): void =>
    section.current?.querySelector<HTMLElement>('.line[tabindex="0"], .line')?.focus()

  return (
    <section class="queue" aria-labelledby="queue-title" ref={section}>
      <div class="queue-head">
        <h2 id="queue-title" tabIndex={-1}>
          {t('staff.queue.title')}
        </h2>
        {lines && <span class="queue-count">{places.length}</span>}
        <SearchField
          text={list.search}
          index={list.index}
          found={list.found?.size ?? null}
          onSearch={list.onSearch}
          onEnter={focusFirst}
        />
        <button type="button" aria-disabled={attempt.busy} onClick={onReload}>
          {t('staff.queue.reload')}
        </button>
        <button type="button" class="keys" onClick={() => keys.onHelp(true)}>
          {t('staff.keyboard.go')}
        </button>
      </div>
      <FilterBox list={list} />
      <NewsLine news={news}>
        <p>{t('staff.queue.news')}</p>
      </NewsLine>
      <div role="status">
        {lines && places.length === 0 && (
          <p>{t(lines.byId.size === 0 ? 'staff.queue.empty' : noneKey)}</p>
        )}
        {lines === null && attempt.busy && <p>{t('staff.loading')}</p>}
      </div>
      <ErrorMessage why={attempt.why ?? list.restWhy} />
      {list.restWhy !== null && (
        <button type="button" onClick={list.goOn}>
          {t('staff.list.rest')}
        </button>
      )}
      <div aria-busy={attempt.busy || (lines?.next ?? null) !== null}>
        <ListLines list={list} reading={reading} focusAsked={keys.focusAsked} onOpen={onOpen} />
      </div>
      {hasActed.current && <LoadBulk list={list} onOpen={onOpen} />}
      {keys.isHelpOpen && <LoadKeys onClose={() => keys.onHelp(false)} />}
    </section>
  )
}

interface ListLinesProps extends Pick<QueueListProps, 'list' | 'reading' | 'onOpen'> {
  focusAsked: number
}

function ListLines({ list, reading, focusAsked, onOpen }: ListLinesProps) {
  const { t } = useMessages()
  const { drafts } = useSessionContext()
  const nameOf = useNames()
  const { places, lines, found, current, selected, index } = list
  const laneOf = useMemo(() => new Map(places.map(({ id, lane }) => [id, lane])), [places])
  const groups = useMemo(() => {
    if (found) return [{ key: 'found', heading: null, ids: places.map(({ id }) => id) }]
    // The first line names a group, because lines are added at the end only.
    return groupByLane(places).map(({ lane, ids }) => ({
      key: ids[0] ?? '',
      heading: <LaneTitle lane={lane} count={ids.length} />,
      ids,
    }))
  }, [places, found !== null, t])
  // The lines take another width beside a case, and the open one must stay in view.
  useEffect(() => {
    if (reading !== null)
      document.getElementById(`line-${reading}`)?.scrollIntoView({ block: 'nearest' })
  }, [reading, lines !== null])
  const standing = places.findIndex(({ id }) => id === current)
  const tabStop = places[Math.max(0, standing)]?.id
  return (
    <LineWindow
      key={found ? 'found' : JSON.stringify(list.filter)}
      groups={groups}
      label={t('staff.queue.title')}
      pinned={standing}
      focusAsked={focusAsked}
      renderLine={(id, place) => {
        const item = lines?.byId.get(id)
        return (
          item && (
            <QueueRow
              key={id}
              item={item}
              lane={found ? null : (laneOf.get(id) ?? null)}
              known={index.cases.get(id)}
              found={found?.get(id)}
              place={place}
              isOpen={id === reading}
              isCurrent={id === tabStop}
              isSelected={selected.has(id)}
              isUnsent={isUnsent(drafts, id)}
              holder={item.assignee && nameOf(item.assignee)}
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

function LaneTitle({ lane, count }: { lane: QueueLane; count: number }) {
  const { t } = useMessages()
  return (
    <h3 class="lane">
      {lane.danger && `${t('staff.danger')} · `}
      {t(`staff.status.${lane.status}`)}
      {lane.lane === 'B' && <small> {t('staff.lane.B.long')}</small>}{' '}
      <small class="lane-count">{count}</small>
    </h3>
  )
}

function LoadBulk(props: BulkBarProps) {
  const { Part } = useFetched(fetchBulk)
  return Part && <Part {...props} />
}

function LoadKeys(props: KeysDialogProps) {
  const { Part } = useFetched(fetchKeys)
  return Part && <Part {...props} />
}
