// Groups tasks by their day: overdue, today, tomorrow, and later or without a day.
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { type TaskLine } from '../search/list-tasks.ts'

export const TASK_DAYS = ['overdue', 'today', 'tomorrow', 'later'] as const
export type TaskDay = (typeof TASK_DAYS)[number]

interface TaskGroup {
  day: TaskDay
  tasks: TaskLine[]
}

/** @param today  day in the organisation's time zone */
function dayGroupOf(dueDay: string | null, today: string): TaskDay {
  if (dueDay === null) return 'later'
  if (dueDay < today) return 'overdue'
  if (dueDay === today) return 'today'
  return dueDay === dayOf(Date.parse(today) + DAY_MS) ? 'tomorrow' : 'later'
}

/** Omits empty groups, and keeps the order of the tasks. */
export const groupTasks = (tasks: readonly TaskLine[], today: string): TaskGroup[] =>
  TASK_DAYS.map((day) => ({
    day,
    tasks: tasks.filter(({ dueDay }) => dayGroupOf(dueDay, today) === day),
  })).filter((group) => group.tasks.length > 0)
