// Determines whether the last colleague who had a case gave it back.
import { readCaseRows } from './read-case-rows.ts'
import { type LoadedReport } from './load-report.ts'

/**
 * Returns the person who gave the case back, and the UTC day; null when somebody has the case.
 */
export function givenBack({
  item,
  sealed,
}: Pick<LoadedReport, 'item' | 'sealed'>): { actor: string; day: string } | null {
  const last = readCaseRows(sealed.log).findLast(({ action }) =>
    ['case.assign', 'case.return'].includes(action),
  )
  if (item.assignee !== null || last?.action !== 'case.return') return null
  return { actor: last.actor, day: last.at }
}
