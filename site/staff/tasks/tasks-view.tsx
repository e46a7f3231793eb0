// Shows the open tasks by day: the user's own and those in the user's cases, everybody's, or one
// colleague's. A task that ends keeps its place, so that nothing moves under a finger.
import { useMemo, useRef, useState } from 'preact/hooks'
import { localDayOf } from '#content/clock.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { useCaseIndex } from '../search/case-index.ts'
import {
  concerns,
  countRead,
  listTasks,
  type LinesById,
  type TaskLine,
} from '../search/list-tasks.ts'
import { useSessionContext } from '../session/session-context.ts'
import { groupTasks, type TaskDay } from './group-tasks.ts'
import { TaskLineRow } from './task-row.tsx'

export interface TasksViewProps {
  lines: LinesById
  /** false while lines are still arriving */
  hasEachLine: boolean
  /** increases when the person asks for the news */
  stamp: number
  /** the case that is open beside the list */
  reading: string | null
  onOpen: (id: string) => void
}

/** The tasks as they were when the person asked for them. */
interface KeptList {
  asked: string
  isRead: boolean
  tasks: readonly TaskLine[]
}

const DAY_KEYS = {
  overdue: 'staff.list.due.choice.overdue',
  today: 'staff.age.today',
  tomorrow: 'staff.tasks.tomorrow',
  later: 'staff.tasks.later',
} as const satisfies Record<TaskDay, string>

export function TasksView({ lines, hasEachLine, stamp, reading, onOpen }: TasksViewProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const { cases } = useCaseIndex()
  const nameOf = useNames()
  /** the user, a colleague, or everybody */
  const [whose, setWhose] = useState<string | null>(me.id)
  const [pressed, setPressed] = useState<string | null>(null)
  const { done, total } = countRead(lines, cases)
  const isRead = hasEachLine && done === total
  // The tasks change only when the person asks, and once more when the last case has been read.
  const asked = `${stamp} ${whose}`
  const kept = useRef<KeptList | null>(null)
  if (kept.current?.asked !== asked || (isRead && !kept.current.isRead))
    kept.current = { asked, isRead, tasks: listTasks(lines, cases) }
  const all = kept.current.tasks
  const open = useMemo(() => new Set(listTasks(lines, cases).map(({ key }) => key)), [lines, cases])
  const today = localDayOf(Date.now())
  const shown = all.filter((each) => isOf(each, whose, me.id))
  const button = (id: string | null, name: string) => (
    <button key={id} type="button" aria-pressed={whose === id} onClick={() => setWhose(id)}>
      <bdi>{name}</bdi> <small>{all.filter((each) => isOf(each, id, me.id)).length}</small>
    </button>
  )
  return (
    <>
      <div class="task-people" role="group" aria-label={t('staff.task.for')}>
        {button(me.id, t('staff.list.view.mine'))}
        {button(null, t('staff.list.view.all'))}
        {othersIn(all, me.id).map((id) => button(id, nameOf(id)))}
      </div>
      <p role="status">
        {!isRead ? t('staff.tasks.reading', { done, total }) : null}
        {isRead && shown.length === 0 && t('staff.tasks.none')}
      </p>
      <div class="lanes">
        {groupTasks(shown, today).map(({ day, tasks }) => (
          <section key={day}>
            <h3 class="lane">
              <span>{t(DAY_KEYS[day])}</span> <small class="lane-count">{tasks.length}</small>
            </h3>
            <div role="list">
              {tasks.map((task) => (
                <TaskLineRow
                  key={task.key}
                  task={task}
                  name={task.person && nameOf(task.person)}
                  isOwn={task.person === me.id}
                  isEnded={!open.has(task.key)}
                  isOpen={task.caseId === reading}
                  isPressed={task.key === pressed}
                  onOpen={() => {
                    setPressed(task.key)
                    onOpen(task.caseId)
                  }}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  )
}

/** The tasks of the user include all tasks of the cases that they have. */
const isOf = (task: TaskLine, whose: string | null, me: string): boolean =>
  whose === null || (whose === me ? concerns(task, me) : task.person === whose)

const othersIn = (tasks: readonly TaskLine[], me: string): string[] => [
  ...new Set(tasks.flatMap(({ person }) => (person === null || person === me ? [] : [person]))),
]
