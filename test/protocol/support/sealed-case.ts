// Converts a report to the sealed case that the edge sends for the search index.
import { fromB64 } from '#protocol/bytes'
import type { CaseAction } from '#protocol/staff/actions'
import { Statement } from '#protocol/staff/statement'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { SealedCase } from '#protocol/staff/list/sealed-cases'

const actionOf = ({ statement }: LedgerRow): string => Statement.parse(JSON.parse(statement)).action

const lastRow = (log: readonly LedgerRow[], action: CaseAction): LedgerRow | undefined =>
  log.findLast((row) => actionOf(row) === action)

const lastOf = (log: readonly LedgerRow[], action: CaseAction): string | null =>
  lastRow(log, action)?.change ?? null

function statusDayIn(log: readonly LedgerRow[]): string | null {
  const row = lastRow(log, 'status.set')
  return row ? Statement.parse(JSON.parse(row.statement)).at : null
}

export function sealedCaseOf(opened: StoredCase): SealedCase {
  const { item, log, mergedInto, taken, caseKeys, grants, secrets, records } = opened
  const keyRows = [...log, ...opened.keyRows].filter((row) => actionOf(row) === 'key.make')
  return {
    ...{ keyRows, mergedInto, taken, caseKeys, grants, secrets, records },
    ...{ id: item.id, day: item.day },
    extent: { followUps: item.followUps, rows: item.rows },
    signed: {
      ...{ status: lastOf(log, 'status.set'), danger: lastOf(log, 'danger.set') },
      ...{ merge: lastOf(log, 'case.merge'), statusDay: statusDayIn(log) },
    },
    entries: opened.entries.map(({ n, sealed }) => {
      const { statement = '', change = '' } = log[n - 1] ?? {}
      return { n, sealed, statement, change }
    }),
    envelope: fromB64(opened.envelope),
    followUps: opened.followUps.map(({ id, day, envelope }) => ({
      ...{ id, day },
      envelope: fromB64(envelope),
    })),
    answers: opened.answers.map(({ index, day, sealed }) => ({
      ...{ index, day },
      sealed: fromB64(sealed),
    })),
  }
}
