// Reads the rows of cases: their logs, their keys and the letters that were taken into them.
import { toB64 } from '#protocol/bytes'
import { blobFrom, type WorldDatabase } from '#scripts/lab/simulate/world-stores'
import type { StoredLogRow } from '#scripts/lab/simulate/verify-logs'

export interface StoredCaseRows {
  /** statements in all case logs */
  statements: string[]
  /** letters that were taken into a case */
  taken: { letter: string; caseId: string; keyNo: number }[]
  /** names of the stored case keys: case and number */
  caseKeys: string[]
}

export const readStoredCases = (database: WorldDatabase): StoredCaseRows => ({
  statements: database
    .rows('SELECT statement FROM case_log ORDER BY case_id, n')
    .map(({ statement }) => String(statement)),
  taken: database.rows('SELECT letter, case_id, key_no FROM case_letters').map((row) => ({
    letter: toB64(blobFrom(row['letter'])),
    caseId: toB64(blobFrom(row['case_id'])),
    keyNo: Number(row['key_no']),
  })),
  caseKeys: database
    .rows('SELECT case_id, key_no FROM case_keys')
    .map((row) => `${toB64(blobFrom(row['case_id']))} ${Number(row['key_no'])}`),
})

/** Reads all case logs, by case and number. */
export const readCaseLogs = (database: WorldDatabase): StoredLogRow[] =>
  database.rows('SELECT * FROM case_log ORDER BY case_id, n').map((row) => ({
    caseId: blobFrom(row['case_id']),
    n: Number(row['n']),
    prevHash: blobFrom(row['prev_hash']),
    hash: blobFrom(row['hash']),
    change: String(row['change']),
    statement: String(row['statement']),
    signature: blobFrom(row['signature']),
    actor: blobFrom(row['actor']),
  }))
