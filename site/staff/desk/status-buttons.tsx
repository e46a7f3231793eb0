import { type QueueItem } from '#protocol/staff'
import { Refused } from '../parts/refused.tsx'
import { changeStatus, NEXT } from '../reports/change-status.ts'
import { useWords } from '../words.tsx'
import { useDesk, useDeskAttempt } from './desk-context.ts'

interface StatusButtonsProps {
  item: QueueItem
  reload: () => Promise<void>
}

/** What can be done with the report now, as verbs. */
export function StatusButtons({ item, reload }: StatusButtonsProps) {
  const { t } = useWords()
  const { keys } = useDesk()
  const attempt = useDeskAttempt()
  const set = (to: QueueItem['status']): void =>
    attempt.run(async () => {
      try {
        await changeStatus(keys, item, to)
      } finally {
        // Also when a colleague was faster: the buttons then belong to the status as it is now.
        await reload()
      }
    })
  return (
    <div class="verbs" role="group" aria-label={t('staff.status.change')}>
      {NEXT[item.status].map((to) => (
        <button key={to} type="button" disabled={attempt.busy} onClick={() => set(to)}>
          {t(`staff.status.to.${to}`)}
        </button>
      ))}
      <Refused why={attempt.why} />
    </div>
  )
}
