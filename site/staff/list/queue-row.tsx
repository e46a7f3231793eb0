// Shows one line: the case, its news, the words around a hit, who must act next, and the assignee.
// Every mark is a word or a shape, never just a colour.
import { useMemo } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { laneOf } from '#protocol/staff/list/rank'
import { isGiven } from '../case/read/is-given.ts'
import { kindKey } from '../case/read/kind-key.ts'
import { dayInDigits, dayWithAge, waitingTime } from '../i18n/dates.ts'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import type { FoundCase, IndexedCase } from '../search/case-index.ts'
import { DueDay } from '../ui/due-day.tsx'
import { DangerMark } from '../ui/marks.tsx'
import type { QueueLane } from './group-by-lane.ts'
import { unreadOf } from './unread.ts'
import { stillSo, whoHas } from './who-has.ts'

interface QueueLineProps {
  item: QueueItem
  /**
   * the lane in the heading above; null if there is no heading, so the line shows its own status
   */
  lane: QueueLane | null
  /** the words of the case; undefined until this device has read them */
  known: IndexedCase | undefined
  /** true when the server shows a state that no colleague signed */
  isDoubtful: boolean
  found: FoundCase | undefined
  /** number of the line in its list, from 1, and the length of the list */
  place: { at: number; of: number }
  /** true when the case is open beside the list */
  isOpen: boolean
  /** true when the line has the keyboard focus */
  isCurrent: boolean
  isSelected: boolean
  /** true when there are unsent words for this report */
  isUnsent: boolean
  /** name of the colleague who has the case; null when no colleague has it */
  holder: string | null
  /** name of the colleague whose task is due first; null until this device has read the case */
  dueFor: string | null
  onOpen: () => void
  onSelect: (isRange: boolean) => void
}

const MAX_TAGS = 3

export function QueueRow(props: QueueLineProps) {
  const { item, lane, known, found, place, isOpen, isCurrent, isSelected, holder } = props
  const words = useMessages()
  const { t } = words
  const unread = unreadOf(item)
  // A letter that did not open has no language.
  const named = known?.title || (known?.language && t('staff.report.no_words'))
  const title = named || t(kindKey(item.kind))
  const tab = isCurrent ? 0 : -1
  const asked = stillSo(item, Date.now(), words)
  // Words chosen by colleagues come before the first words of a letter, which may be truncated.
  const tags = known?.tags.slice(0, MAX_TAGS).map((tag) => (
    <bdi key={tag} class="tag">
      {tag}
    </bdi>
  ))
  return (
    <div
      role="listitem"
      class={`row${isSelected ? ' is-selected' : ''}`}
      aria-setsize={place.of}
      aria-posinset={place.at}
    >
      <input
        type="checkbox"
        class="pick"
        tabIndex={tab}
        checked={isSelected}
        aria-label={t('staff.list.select', { title })}
        onClick={(event) => props.onSelect(event.shiftKey)}
      />
      <button
        type="button"
        id={`line-${item.id}`}
        class={`line is-${item.status}${unread ? ' is-unread' : ''}`}
        tabIndex={tab}
        aria-current={isOpen ? 'true' : undefined}
        onClick={props.onOpen}
      >
        <span class="line-title">
          {unread && (
            <b class={`mark-${unread}`}>
              <span>{t(`staff.list.unread.${unread}`)}</span>
            </b>
          )}
          {item.danger && lane?.group !== 'danger' && <DangerMark />}
          {asked && <b>{asked}</b>}
          {known?.isNamed === false && tags}
          <bdi class="line-name">{title}</bdi>
          {known?.isNamed === true && tags}
        </span>
        <span class="line-facts">
          {found ? (
            <Excerpt found={found} />
          ) : (
            <span>
              {named ? `${t(kindKey(item.kind))} · ` : ''}
              {/* For a waiting case, the age is shown below. */}
              {item.status === 'closed'
                ? dayWithAge(item.day, Date.now(), words)
                : dayInDigits(item.day)}
            </span>
          )}
          {lane?.group !== 'closed' && (
            <b class="line-status">{t(`staff.status.${item.status}`)}</b>
          )}
          {item.closeReason && <span>{t(`staff.close.${item.closeReason}`)}</span>}
          {props.isDoubtful && (
            <b class="line-differs" title={t('staff.thread.differs')}>
              {t('staff.line.differs')}
            </b>
          )}
          {props.isUnsent && <b class="line-unsent">{t('staff.line.unsent')}</b>}
          {item.followUps > 0 && <span>{t('staff.line.followups', { n: item.followUps })}</span>}
          {laneOf(item) === 'B' && <span>{t('staff.lane.B')}</span>}
          {item.sealedBy === 'worker' && <span>{t('staff.sealedby.worker')}</span>}
        </span>
        <span class="line-work">
          <span class="line-waits">{waitsIn(item, words)}</span>
          <span class={`line-holder${holderMark(item, holder)}`}>
            <bdi>{whoHas(item, holder, words)}</bdi>
          </span>
        </span>
        {item.dueDay !== null && (
          <span class="line-due">
            <DueDay day={item.dueDay} isShort />
            {props.dueFor !== null && <bdi class="due-for">{props.dueFor}</bdi>}
          </span>
        )}
      </button>
    </div>
  )
}

/** A case that was given but not taken is described in a phrase, which is never truncated. */
function holderMark(item: QueueItem, holder: string | null): string {
  if (holder === null) return ' is-nobody'
  return isGiven(item) ? ' is-given' : ''
}

/**
 * Shows the words around a hit, and marks the hit. The words are cut once for each hit, although
 * every poll and key press renders the line again.
 */
function Excerpt({ found: { excerpt } }: { found: FoundCase }) {
  const [before, hit, after] = useMemo(excerpt, [excerpt])
  return (
    <bdi class="excerpt">
      {before}
      <mark>{hit}</mark>
      {after}
    </bdi>
  )
}

/**
 * Shows whether the case waits for us or for the person, and since when. A closed case is never
 * waiting.
 */
function waitsIn({ status, waitsFor, waitsSince }: QueueItem, words: Messages) {
  if (status === 'closed') return null
  return (
    <>
      <b class={`waits-${waitsFor}`}>
        <span>{words.t(`staff.list.waits.${waitsFor}`)}</span>
      </b>{' '}
      <small>{waitingTime(waitsSince, Date.now(), words)}</small>
    </>
  )
}
