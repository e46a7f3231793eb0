// Finds the tasks of a case among its entries. An entry never changes, so that another entry ends a
// task. The first end counts when two colleagues end one task at once.
import { type Entry, type EntryOf } from '../../crypto/case-entry.ts'
import { type LoadedEntry } from '../../report/notes/read-entries.ts'

export interface Task {
  /** number of the row that names the entry */
  n: number
  key: string
  author: string
  task: EntryOf<'task'>
  /** null while the task is open */
  end: { author: string; entry: EntryOf<'task_end'> } | null
}

type OpenedEntry = Pick<LoadedEntry, 'n' | 'key' | 'author' | 'entry'>

/** Lists open tasks first, by the day on which they are due; a task without a day comes last. */
export function tasksOf(entries: readonly OpenedEntry[]): Task[] {
  const ends = new Map<number, NonNullable<Task['end']>>()
  for (const { author, entry } of entries)
    if (entry?.kind === 'task_end' && !ends.has(entry.task)) ends.set(entry.task, { author, entry })
  const tasks = entries.flatMap(({ n, key, author, entry }): Task[] =>
    entry?.kind === 'task' ? [{ n, key, author, task: entry, end: ends.get(n) ?? null }] : [],
  )
  return tasks.sort((a, b) => placeIn(a) - placeIn(b) || compareDays(a, b) || a.n - b.n)
}

const placeIn = ({ end }: Task): number => (end ? 1 : 0)
const LAST = '9999-12-31'
const compareDays = (a: Task, b: Task): number =>
  (a.task.dueDay ?? LAST).localeCompare(b.task.dueDay ?? LAST)

/** Returns the first day on which an open task is due; null without one. */
const firstDueDay = (entries: readonly OpenedEntry[]): string | null =>
  tasksOf(entries).find(({ end, task }) => end === null && task.dueDay !== null)?.task.dueDay ??
  null

/** Returns the first due day once `entry` is in the case too. */
export const dueDayWith = (entries: readonly OpenedEntry[], entry: Entry): string | null =>
  firstDueDay([...entries, { n: NEXT, key: '', author: '', entry }])

/** A number that no row has, because the row of the new entry has none yet. */
const NEXT = -1
