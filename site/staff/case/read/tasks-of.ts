// Finds the tasks of a case among its own entries and the entries of absorbed cases. An entry never
// changes, so a task is ended by a second entry. If two entries end the same task, only the first
// counts. The outcome of one task in a follow-up can end the others.
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
  /** the case and the row of the entry */
  caseId: string
  n: number
  author: string
  entry: EntryOf<'task_end'>
  /** true when the entry ended a different task and, with it, the entire follow-up */
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
 * Lists open tasks first, by due day. A task without a day comes last.
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
    .map((task) => ({ ...task, end: task.end ?? last.get(task) ?? null }))
    .sort((a, b) => placeIn(a) - placeIn(b) || compareDays(a, b) || a.n - b.n)
}

/**
 * Returns the first open task of each follow-up. The later tasks become due only after that task
 * has ended.
 *
 * @param open  open tasks in the order of tasksOf
 */
export function askingNow(open: readonly Task[]): ReadonlySet<Task> {
  const first = new Map<string, Task>()
  for (const task of open)
    if (task.task.followUp && !first.has(task.caseId)) first.set(task.caseId, task)
  return new Set(first.values())
}

/** The creation of a follow-up, or its end. */
interface FollowUpStep {
  task: Task
  end: TaskEnd | null
  place: number
  at: string
}

/**
 * Ends the follow-ups that are over. An outcome that ends a follow-up ends every task written
 * before it, but no task of a later closing.
 *
 * @returns the end of each such task
 */
function followUpEnds(tasks: readonly Task[]): Map<Task, TaskEnd> {
  const ends = new Map<Task, TaskEnd>()
  for (const caseId of new Set(tasks.map((task) => task.caseId))) {
    const own = tasks.filter((task) => task.caseId === caseId && task.task.followUp)
    const outcomes: FollowUpOutcome[] = []
    const asked = new Set<Task>()
    for (const { task, end } of own.flatMap(stepsOf).sort(compareSteps)) {
      if (!end) asked.add(task)
      if (end?.entry.outcome) outcomes.push(end.entry.outcome)
      if (!end || lastOutcomeIn(outcomes) === -1) continue
      for (const each of asked) ends.set(each, { ...end, isOfFollowUp: true })
      asked.clear()
      outcomes.length = 0
    }
  }
  return ends
}

/** A task that another case ended was written before the cases were merged. */
function stepsOf(task: Task): FollowUpStep[] {
  const { caseId, n, end } = task
  const begin = { task, end: null, place: n, at: '' }
  if (!end) return [begin]
  const place = end.caseId === caseId ? end.n : Number.MAX_SAFE_INTEGER
  return [begin, { task, end, place, at: end.entry.at }]
}

const compareSteps = (a: FollowUpStep, b: FollowUpStep): number =>
  a.place - b.place || a.at.localeCompare(b.at)

function endsIn(parts: readonly CaseEntries[]): Map<string, TaskEnd> {
  const ends = new Map<string, TaskEnd>()
  for (const { id, entries } of parts)
    for (const { n, author, entry } of entries) {
      if (entry?.kind !== 'task_end') continue
      const name = nameOfTask(entry.caseId ?? id, entry.task)
      if (!ends.has(name)) ends.set(name, { caseId: id, n, author, entry, isOfFollowUp: false })
    }
  return ends
}

const placeIn = ({ end }: Task): number => (end ? 1 : 0)
const LAST = '9999-12-31'
const compareDays = (a: Task, b: Task): number =>
  (a.task.dueDay ?? LAST).localeCompare(b.task.dueDay ?? LAST)

/** Returns the first day on which an open task is due, or null. */
const firstDueDay = (parts: readonly CaseEntries[]): string | null =>
  tasksOf(parts).find(({ end, task }) => end === null && task.dueDay !== null)?.task.dueDay ?? null

/** Returns what the first due day will be once `entry` is in the case. */
export const dueDayWith = (
  [own, ...absorbed]: readonly [CaseEntries, ...CaseEntries[]],
  entry: Entry,
): string | null =>
  firstDueDay([
    { ...own, entries: [...own.entries, { n: NEXT, key: '', author: '', entry }] },
    ...absorbed,
  ])

/** A number higher than that of any row, because the new entry has no row yet. */
const NEXT = Number.MAX_SAFE_INTEGER
