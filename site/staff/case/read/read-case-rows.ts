// Reads the rows of a case log for the screens. The result of the log check is displayed beside
// these rows and shows whether they were signed.
import { Statement } from '#protocol/staff/statement'
import { isCaseAction, type CaseAction } from '#protocol/staff/actions'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'

export interface ReadCaseRow {
  /** row number, from 1 */
  n: number
  action: CaseAction
  /** id of the person who signed */
  actor: string
  /** UTC day */
  at: string
  /** the parsed JSON of the change, which no schema has checked */
  change: unknown
}

/** Skips an invalid row, because the log check reports it. */
export const readCaseRows = (rows: readonly LedgerRow[]): ReadCaseRow[] =>
  rows.flatMap((row, at) => {
    try {
      const { action, actor, at: day } = Statement.parse(JSON.parse(row.statement))
      if (!isCaseAction(action)) return []
      return [{ n: at + 1, action, actor, at: day, change: JSON.parse(row.change) as unknown }]
    } catch {
      return []
    }
  })

/** Counts how many times the danger was set or lifted. */
export const countDangers = ({ log }: Pick<StoredCase, 'log'>): number =>
  readCaseRows(log).filter(({ action }) => action === 'danger.set').length
