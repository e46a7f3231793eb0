// Joins the rows of the matrix, and reads the state that a refused request must not change.
import { db, deps, rowsIn } from '../edge.ts'
import { ALERT_ROWS } from './alerts.ts'
import { ANSWER_ROWS } from './answering.ts'
import { CASE_ROWS } from './cases.ts'
import { CASEWORK_ROWS } from './casework.ts'
import { ORGANISATION_ROWS } from './organisation.ts'
import { OWN_ROWS } from './own.ts'
import type { Row } from './row.ts'

export const ROWS: readonly Row[] = [
  ...OWN_ROWS,
  ...ORGANISATION_ROWS,
  ...CASE_ROWS,
  ...CASEWORK_ROWS,
  ...ALERT_ROWS,
  ...ANSWER_ROWS,
]

const TABLES = [
  'slots',
  'credentials',
  'people',
  'sessions',
  'ledger',
  'case_log',
  'invitations',
  'answers',
  'case_keys',
  'case_letters',
  'case_entries',
  'follow_ups',
  'reports',
  'discards',
  'case_grants',
  'case_records',
  'reads',
  'devices',
  'rotas',
  'quiet_hours',
  'own_settings',
]

/** Returns one text that differs when a row, a status or an object is added, changed or deleted. */
export const everything = async (): Promise<string> =>
  JSON.stringify([
    ...(await Promise.all(TABLES.map(rowsIn))),
    (await db.prepare('SELECT status FROM reports').all()).results,
    (await db.prepare('SELECT name FROM slots').all()).results,
    (await deps.bucket.list()).objects.map(({ key }) => key),
  ])
