import { type QueueItem } from '#protocol/staff/cases'
import { ageOf, dayInDigits } from '../i18n/dates.ts'
import { DangerMark } from '../ui/marks.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { laneOf } from './group-by-lane.ts'
import { kindKey } from '../report/report-facts.tsx'

interface QueueLineProps {
  item: QueueItem
  current: boolean
  /** true while unsent words for this report are kept */
  unsent: boolean
  onOpen: () => void
}

export function QueueRow({ item, current, unsent, onOpen }: QueueLineProps) {
  const words = useMessages()
  const { t } = words
  return (
    <li>
      <button
        type="button"
        id={`line-${item.id}`}
        class={`line is-${item.status}`}
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
      >
        {item.danger && <DangerMark />}
        <span class="line-kind">{t(kindKey(item.kind))}</span>
        <span class="line-status">{t(`staff.status.${item.status}`)}</span>
        <span class="line-facts">
          <span>
            {ageOf(item.day, Date.now(), words)} · {dayInDigits(item.day)}
          </span>
          {unsent && <b class="line-unsent">{t('staff.line.unsent')}</b>}
          {item.followUps > 0 && <span>{t('staff.line.followups', { n: item.followUps })}</span>}
          <span>{t(`staff.lane.${laneOf(item)}`)}</span>
          {item.sealedBy === 'worker' && <span>{t('staff.sealedby.worker')}</span>}
        </span>
      </button>
    </li>
  )
}
