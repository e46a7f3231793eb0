// Keeps the open tasks of reports in the index, so that a list of tasks need not open every case.
// Like the words, the tasks come from entries that only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { lastOutcomeIn } from '../case/read/follow-ups.ts'
import { tasksOf, type CaseEntries, type Task } from '../case/read/tasks-of.ts'
import { FOLLOW_UP_OUTCOMES } from '../crypto/case-entry.ts'

/** An open task of one report. */
export const KeptTask = z.object({
  /** number of the row that records the task */
  n: z.int(),
  /** day in the organisation's time zone, or null */
  dueDay: z.nullable(z.string()),
  /** id of the colleague who should do the task; null for the colleague who has the case */
  assignee: z.nullable(z.string()),
  /** the first words of the task */
  text: z.string(),
  /**
   * only for a follow-up. `outcome` is null until somebody has asked the person, and `at` is the
   * minute of the outcome
   */
  followUp: z.optional(
    z.object({ outcome: z.nullable(z.enum(FOLLOW_UP_OUTCOMES)), at: z.string() }),
  ),
})
type KeptTask = z.infer<typeof KeptTask>

/** A task from an absorbed report, ended by an entry in this report. */
export const EndedElsewhere = z.object({
  caseId: z.string(),
  n: z.int(),
  /** only of a follow-up */
  outcome: z.optional(z.enum(FOLLOW_UP_OUTCOMES)),
  /** UTC minute */
  at: z.string(),
})
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

/** Maximum number of characters of a task that the index keeps. */
const TASK_CHARS = 200

/**
 * Reads the open tasks of one report, and the outcomes recorded so far for a follow-up that has not
 * ended.
 */
export function keptTasksOf(report: CaseEntries): KeptTasks {
  const tasks = tasksOf([report])
  const over = Math.max(0, ...tasks.map(({ end }) => (end?.isOfFollowUp ? end.n : 0)))
  // Outcomes from before the end of one follow-up say nothing about the next one.
  const isKept = ({ n, end }: Task): boolean =>
    end === null || (end.entry.outcome !== undefined && !end.isOfFollowUp && n > over)
  return {
    tasks: tasks.filter(isKept).map(keptTask),
    endedElsewhere: report.entries.flatMap(({ entry }) =>
      entry?.kind === 'task_end' && entry.caseId !== undefined && entry.caseId !== report.id
        ? [{ caseId: entry.caseId, n: entry.task, outcome: entry.outcome, at: entry.at }]
        : [],
    ),
  }
}

const keptTask = ({ n, task: { dueDay, assignee, text, followUp }, end }: Task): KeptTask => ({
  ...{ n, dueDay, assignee },
  text: text.trim().slice(0, TASK_CHARS),
  ...(followUp && {
    followUp: { outcome: end?.entry.outcome ?? null, at: end?.entry.at ?? '' },
  }),
})

const LAST_DAY = '9999-12-31'
const dayOf = ({ dueDay }: OpenTask): string => dueDay ?? LAST_DAY

/** Lists the open tasks of a case, by due day. @param reports  the case, and those it absorbed */
export function openTasksIn(reports: readonly (KeptTasks & { id: string })[]): OpenTask[] {
  const ended = new Map<string, EndedElsewhere>(
    reports.flatMap(({ endedElsewhere }) =>
      endedElsewhere.map((end) => [`${end.caseId} ${end.n}`, end] as const),
    ),
  )
  const isOver = ({ id, tasks }: KeptTasks & { id: string }): boolean => {
    const ends = tasks.flatMap(({ n, followUp }) => {
      const end = followUp && (ended.get(`${id} ${n}`) ?? followUp)
      return end?.outcome ? [{ outcome: end.outcome, at: end.at }] : []
    })
    const inOrder = ends.sort((a, b) => a.at.localeCompare(b.at))
    return lastOutcomeIn(inOrder.map(({ outcome }) => outcome)) !== -1
  }
  return reports
    .flatMap((report) => {
      const over = isOver(report)
      return report.tasks
        .filter(({ followUp }) => !followUp || (followUp.outcome === null && !over))
        .map((task) => ({ ...task, key: `${report.id} ${task.n}` }))
    })
    .filter(({ key }) => !ended.has(key))
    .sort((a, b) => dayOf(a).localeCompare(dayOf(b)))
}
