// Keeps the open tasks of reports in the index, so that a list of tasks need not open every case.
// Like the words, they come from entries that only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { lastOutcomeIn } from '../case/read/follow-ups.ts'
import { tasksOf, type CaseEntries, type Task } from '../case/read/tasks-of.ts'
import { FOLLOW_UP_OUTCOMES, type FollowUpOutcome } from '../crypto/case-entry.ts'

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
  /** absent for another task; `outcome` is null while nobody asked, and `at` is its minute */
  followUp: z.optional(
    z.object({
      /** the day of the closing */
      from: z.string(),
      outcome: z.nullable(z.enum(FOLLOW_UP_OUTCOMES)),
      at: z.string(),
    }),
  ),
})
type KeptTask = z.infer<typeof KeptTask>

/** A task of an absorbed report, which an entry of this report ended. */
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

/** Maximum number of characters that the index keeps of a task. */
const TASK_CHARS = 200

/** Reads the open tasks out of the entries of one report, and the follow-ups with an outcome. */
export function keptTasksOf(report: CaseEntries): KeptTasks {
  const isKept = ({ end }: Task): boolean =>
    end === null || end.isOfFollowUp || end.entry.outcome !== undefined
  return {
    tasks: tasksOf([report]).filter(isKept).map(keptTask),
    endedElsewhere: report.entries.flatMap(({ entry }) =>
      entry?.kind === 'task_end' && entry.caseId !== undefined && entry.caseId !== report.id
        ? [{ caseId: entry.caseId, n: entry.task, outcome: entry.outcome, at: entry.at }]
        : [],
    ),
  }
}

function keptTask({ n, task: { dueDay, assignee, text, followUp }, end }: Task): KeptTask {
  const own = end?.isOfFollowUp ? null : end
  return {
    ...{ n, dueDay, assignee },
    text: text.trim().slice(0, TASK_CHARS),
    ...(followUp && {
      followUp: {
        from: followUp.from,
        outcome: own?.entry.outcome ?? null,
        at: own?.entry.at ?? '',
      },
    }),
  }
}

const LAST_DAY = '9999-12-31'
const dayOf = ({ dueDay }: OpenTask): string => dueDay ?? LAST_DAY

/** Lists the open tasks of a case, by due day. @param reports  the case, and those it absorbed */
export function openTasksIn(reports: readonly (KeptTasks & { id: string })[]): OpenTask[] {
  const ended = new Map<string, EndedElsewhere>(
    reports.flatMap(({ endedElsewhere }) =>
      endedElsewhere.map((end) => [`${end.caseId} ${end.n}`, end] as const),
    ),
  )
  const all = reports.flatMap(({ id, tasks }) =>
    tasks.map((task): PlacedTask => {
      const key = `${id} ${task.n}`
      const { outcome, at } = ended.get(key) ?? task.followUp ?? { outcome: null, at: '' }
      const closing = task.followUp ? `${id} ${task.followUp.from}` : ''
      return { ...task, key, closing, outcome: outcome ?? null, at }
    }),
  )
  const over = closingsOver(all)
  return all
    .filter(({ key, outcome, closing }) => !ended.has(key) && !outcome && !over.has(closing))
    .map(({ closing: _, outcome: __, at: ___, ...task }) => task)
    .sort((a, b) => dayOf(a).localeCompare(dayOf(b)))
}

interface PlacedTask extends OpenTask {
  /** identifies the closing that the task follows; empty for another task */
  closing: string
  outcome: FollowUpOutcome | null
  at: string
}

/** Finds the closings whose follow-up is over, as tasksOf does. */
function closingsOver(all: readonly PlacedTask[]): Set<string> {
  const outcomes = new Map<string, FollowUpOutcome[]>()
  for (const { closing, outcome } of all.toSorted((a, b) => a.at.localeCompare(b.at)))
    if (closing !== '' && outcome)
      outcomes.set(closing, [...(outcomes.get(closing) ?? []), outcome])
  return new Set(
    [...outcomes].flatMap(([closing, some]) => (lastOutcomeIn(some) === -1 ? [] : [closing])),
  )
}
