// Keeps the open tasks of reports in the index, so that a list of tasks need not open every case.
// Like the words, they come from entries that only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { tasksOf, type CaseEntries } from '../case/read/tasks-of.ts'

/** An open task of one report. */
export const KeptTask = z.object({
  /** number of the row that records the task */
  n: z.int(),
  /** day at the organisation's place, or null */
  dueDay: z.nullable(z.string()),
  /** id of the colleague who should do the task; null for the colleague who has the case */
  assignee: z.nullable(z.string()),
  /** the first words of the task */
  text: z.string(),
})
type KeptTask = z.infer<typeof KeptTask>

/** A task of an absorbed report, which an entry of this report ended. */
export const EndedElsewhere = z.object({ caseId: z.string(), n: z.int() })
type EndedElsewhere = z.infer<typeof EndedElsewhere>

/** An open task of a case. */
export interface OpenTask extends KeptTask {
  /** identifies the task among the tasks of all cases */
  key: string
}

export interface KeptTasks {
  tasks: KeptTask[]
  endedElsewhere: EndedElsewhere[]
}

/** Maximum number of characters that the index keeps of a task. */
const TASK_CHARS = 200

/** Reads the open tasks out of the entries of one report. */
export function keptTasksOf(report: CaseEntries): KeptTasks {
  const open = tasksOf([report]).filter(({ end }) => end === null)
  return {
    tasks: open.map(({ n, task: { dueDay, assignee, text } }) => ({
      ...{ n, dueDay, assignee },
      text: text.trim().slice(0, TASK_CHARS),
    })),
    endedElsewhere: report.entries.flatMap(({ entry }) =>
      entry?.kind === 'task_end' && entry.caseId !== undefined && entry.caseId !== report.id
        ? [{ caseId: entry.caseId, n: entry.task }]
        : [],
    ),
  }
}

const LAST_DAY = '9999-12-31'
const dayOf = ({ dueDay }: OpenTask): string => dueDay ?? LAST_DAY

/** Lists the open tasks of a case, by due day. @param reports  the case, and those it absorbed */
export function openTasksIn(reports: readonly (KeptTasks & { id: string })[]): OpenTask[] {
  const ended = new Set(
    reports.flatMap(({ endedElsewhere }) =>
      endedElsewhere.map(({ caseId, n }) => `${caseId} ${n}`),
    ),
  )
  return reports
    .flatMap(({ id, tasks }) => tasks.map((task) => ({ ...task, key: `${id} ${task.n}` })))
    .filter(({ key }) => !ended.has(key))
    .sort((a, b) => dayOf(a).localeCompare(dayOf(b)))
}
