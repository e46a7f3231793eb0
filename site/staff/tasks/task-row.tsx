// Shows one task: its text, its case, who is to do it, and when. Pressing it opens the case.
import { useMessages } from '../i18n/messages.tsx'
import { type TaskLine } from '../search/list-tasks.ts'
import { DueDay } from '../ui/due-day.tsx'

interface TaskRowProps {
  task: TaskLine
  /** name of the colleague who is to do the task; null when nobody has the case */
  name: string | null
  /** true when the task is this user's own */
  isOwn: boolean
  /** true when the task has ended since the list was made */
  isEnded: boolean
  /** true when the case is open beside the list */
  isOpen: boolean
  /** true for the task that the person opened last, to which the focus returns */
  isPressed: boolean
  onOpen: () => void
}

export function TaskLineRow({
  task,
  name,
  isOwn,
  isEnded,
  isOpen,
  isPressed,
  onOpen,
}: TaskRowProps) {
  const { t } = useMessages()
  const { caseId, title, text, dueDay } = task
  return (
    <div role="listitem" class="row task">
      <button
        type="button"
        id={isPressed ? `line-${caseId}` : undefined}
        class={`line${isOwn && !isEnded ? ' is-unread' : ''}${isEnded ? ' is-closed' : ''}`}
        aria-current={isOpen ? 'true' : undefined}
        onClick={onOpen}
      >
        <span class="line-title">
          {isEnded && <b>{t('staff.tasks.ended')}</b>}
          <bdi class="line-name">{text}</bdi>
        </span>
        <span class="line-facts">
          <bdi>{title === '' ? t('staff.report.no_words') : title}</bdi>
        </span>
        <span class="line-work">
          <span class={name === null ? 'line-holder is-nobody' : 'line-holder'}>
            <bdi>{name ?? t('staff.list.holder.nobody')}</bdi>
          </span>
        </span>
        {dueDay !== null && (
          <span class="line-due">
            <DueDay day={dueDay} isShort isEnded={isEnded} />
          </span>
        )}
      </button>
    </div>
  )
}
