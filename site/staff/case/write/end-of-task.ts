// Builds the entry that ends a task, which may be a task of an absorbed case.
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type LoadedReport } from '../read/load-report.ts'

/** The row of a task, and the case whose log contains it. */
export interface TaskPlace {
  caseId: string
  n: number
}

export const endOfTask = (
  { item }: Pick<LoadedReport, 'item'>,
  { caseId, n }: TaskPlace,
  said: Pick<EntryOf<'task_end'>, 'at' | 'text' | 'outcome' | 'isDone'>,
): EntryOf<'task_end'> => ({
  ...{ v: 1, kind: 'task_end', task: n, ...said },
  ...(caseId === item.id ? {} : { caseId }),
})
