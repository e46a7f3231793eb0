import { useRef } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff'
import { changeStatus, NEXT } from '../reports/change-status.ts'
import { useWords } from '../words.tsx'
import { useDesk } from './desk-context.ts'
import { Outcome } from './outcome.tsx'
import { useDeed } from './use-deed.ts'

interface StatusButtonsProps {
  item: QueueItem
  reload: () => Promise<void>
}

/** What can be done with the report now, as verbs. */
export function StatusButtons({ item, reload }: StatusButtonsProps) {
  const { t } = useWords()
  const { keys } = useDesk()
  const deed = useDeed(reload, 'status_changed')
  const group = useRef<HTMLDivElement>(null)
  const set = (to: QueueItem['status']): void => {
    // The button may go away with the status.
    group.current?.focus()
    deed.run(() => changeStatus(keys, item, to))
  }
  return (
    <div class="verbs" role="group" aria-label={t('staff.status.change')} ref={group} tabIndex={-1}>
      {NEXT[item.status].map((to) => (
        <button key={to} type="button" aria-disabled={deed.busy} onClick={() => set(to)}>
          {t(`staff.status.to.${to}`)}
        </button>
      ))}
      <Outcome deed={deed} done={t('staff.status.changed')} />
    </div>
  )
}
