// Finds the tasks of a case among its own entries and the entries of absorbed cases. An entry never
// changes, so another entry ends a task. If two entries end one task, the first counts. The outcome
// of one follow-up task can end the others of the same closing.
import { type Entry, type EntryOf, type FollowUpOutcome } from '../../crypto/case-entry.ts'
import { lastOutcomeIn } from './follow-ups.ts'
import { type LoadedEntry } from './read-entries.ts'

export interface Task {
  /** id of the case whose log contains the task: this case, or an absorbed one */
  caseId: string
  /** number of the row that records the entry */
  n: number
  key: string
  author: string
  task: EntryOf<'task'>
  /** null while the task is open */
  end: TaskEnd | null
}

interface TaskEnd {
  author: string
  entry: EntryOf<'task_end'>
  /** true when the entry ended another task, and with it the whole follow-up */
  isOfFollowUp: boolean
}

/** The entries of a case, or of a case that it absorbed. */
export interface CaseEntries {
  /** case id */
  id: string
  entries: readonly Pick<LoadedEntry, 'n' | 'key' | 'author' | 'entry'>[]
}

const nameOfTask = (caseId: string, n: number): string => `${caseId} ${n}`

/**
 * Lists open tasks first, by due day. A task without a day is last.
 *
 * @param parts  the case first, then the cases that it absorbed
 */
export function tasksOf(parts: readonly CaseEntries[]): Task[] {
  const ends = endsIn(parts)
  const tasks = parts.flatMap(({ id: caseId, entries }) =>
    entries.flatMap(({ n, key, author, entry }): Task[] => {
      if (entry?.kind !== 'task') return []
      return [{ caseId, n, key, author, task: entry, end: ends.get(nameOfTask(caseId, n)) ?? null }]
    }),
  )
  const last = followUpEnds(tasks)
  return tasks
    .map((task) => ({ ...task, end: task.end ?? last.get(closingOf(task)) ?? null }))
    .sort((a, b) => placeIn(a) - placeIn(b) || compareDays(a, b) || a.n - b.n)
}

/** Identifies the closing that a task follows; empty for a task that follows none. */
const closingOf = ({ caseId, task: { followUp } }: Task): string =>
  followUp ? `${caseId} ${followUp.from}` : ''

/** Returns the end of every follow-up that is over, keyed by its closing. */
function followUpEnds(tasks: readonly Task[]): Map<string, TaskEnd> {
  const ends = new Map<string, (TaskEnd & { outcome: FollowUpOutcome })[]>()
  for (const task of tasks) {
    const outcome = task.task.followUp && task.end?.entry.outcome
    if (!outcome || !task.end) continue
    ends.set(closingOf(task), [...(ends.get(closingOf(task)) ?? []), { ...task.end, outcome }])
  }
  const last = new Map<string, TaskEnd>()
  for (const [closing, all] of ends) {
    const inOrder = all.sort((a, b) => a.entry.at.localeCompare(b.entry.at))
    const end = inOrder[lastOutcomeIn(inOrder.map(({ outcome }) => outcome))]
    if (end) last.set(closing, { author: end.author, entry: end.entry, isOfFollowUp: true })
  }
  return last
}

function endsIn(parts: readonly CaseEntries[]): Map<string, TaskEnd> {
  const ends = new Map<string, TaskEnd>()
  for (const { id, entries } of parts)
    for (const { author, entry } of entries) {
      if (entry?.kind !== 'task_end') continue
      const name = nameOfTask(entry.caseId ?? id, entry.task)
      if (!ends.has(name)) ends.set(name, { author, entry, isOfFollowUp: false })
    }
  return ends
}

const placeIn = ({ end }: Task): number => (end ? 1 : 0)
const LAST = '9999-12-31'
const compareDays = (a: Task, b: Task): number =>
  (a.task.dueDay ?? LAST).localeCompare(b.task.dueDay ?? LAST)

/** Returns the first day when an open task is due, or null. */
const firstDueDay = (parts: readonly CaseEntries[]): string | null =>
  tasksOf(parts).find(({ end, task }) => end === null && task.dueDay !== null)?.task.dueDay ?? null

/** Returns the first due day once `entry` is also in the case. */
export const dueDayWith = (
  [own, ...absorbed]: readonly [CaseEntries, ...CaseEntries[]],
  entry: Entry,
): string | null =>
  firstDueDay([
    { ...own, entries: [...own.entries, { n: NEXT, key: '', author: '', entry }] },
    ...absorbed,
  ])

/** A number that no row has, because the new entry has no row yet. */
const NEXT = -1
