// Lists the open tasks of all cases, by due day, from the data in the index. The list counts the
// tasks before the code for the tasks screen is fetched. In a closed case, only follow-ups count.
import type { QueueItem } from '#protocol/staff/list/queue'
import type { IndexedCase } from './case-index.ts'

type Cases<Part extends keyof IndexedCase> = ReadonlyMap<string, Pick<IndexedCase, Part>>
export type LinesById = ReadonlyMap<string, QueueItem>

export interface TaskLine {
  /** identifies the task among the tasks of all cases */
  key: string
  caseId: string
  /** title of the case; empty for a letter without words */
  title: string
  text: string
  dueDay: string | null
  /**
   * id of the colleague who should do the task: the colleague named in it, or the holder of the
   * case
   */
  person: string | null
  /** id of the colleague who has the case */
  holder: string | null
}

/** Returns the colleague who should do a task; null for a task in a case that nobody has. */
export const doerOf = (
  task: Pick<IndexedCase['tasks'][number], 'assignee'>,
  { assignee }: Pick<QueueItem, 'assignee'>,
): string | null => task.assignee ?? assignee

const LAST_DAY = '9999-12-31'

export function listTasks(lines: LinesById, cases: Cases<'title' | 'tasks'>): TaskLine[] {
  const all: TaskLine[] = []
  for (const item of lines.values()) {
    const known = cases.get(item.id)
    if (!known) continue
    for (const task of known.tasks) {
      if (item.status === 'closed' && !task.followUp) continue
      const { key, text, dueDay } = task
      const [caseId, holder] = [item.id, item.assignee]
      all.push({
        key,
        caseId,
        title: known.title,
        text,
        dueDay,
        person: doerOf(task, item),
        holder,
      })
    }
  }
  return all.sort((a, b) => (a.dueDay ?? LAST_DAY).localeCompare(b.dueDay ?? LAST_DAY))
}

/** Returns true for a colleague's own task, and for a task in a case that the colleague has. */
export const concerns = ({ person, holder }: TaskLine, colleague: string): boolean =>
  person === colleague || holder === colleague

/**
 * Counts the cases that may have tasks, and how many of them this device has read in their current
 * state.
 */
export function countRead(lines: LinesById, cases: Cases<'rows'>): { done: number; total: number } {
  let [done, total] = [0, 0]
  for (const { id, status, dueDay, rows } of lines.values()) {
    if (status === 'closed' && dueDay === null) continue
    total += 1
    if ((cases.get(id)?.rows ?? -1) >= rows) done += 1
  }
  return { done, total }
}
