// Combines the rows of the matrix, and reads the state that a refused request must not change.
import { db, deps } from '../edge.ts'
import { ALERT_ROWS } from './alerts.ts'
import { ANSWER_ROWS } from './answering.ts'
import { CASE_ACTION_ROWS } from './case-actions.ts'
import { CASE_ROWS } from './cases.ts'
import { CASEWORK_ROWS } from './casework.ts'
import { FIGURE_ROWS } from './figures.ts'
import { ORGANISATION_ROWS } from './organisation.ts'
import { OWN_ROWS } from './own.ts'
import { REFERRAL_ROWS } from './referrals.ts'
import type { Row } from './row.ts'

export const ROWS: readonly Row[] = [
  ...OWN_ROWS,
  ...ORGANISATION_ROWS,
  ...CASE_ROWS,
  ...CASE_ACTION_ROWS,
  ...CASEWORK_ROWS,
  ...ALERT_ROWS,
  ...ANSWER_ROWS,
  // A sealed record keeps a generation in use, so these rows come after the rows that end
  // generations.
  ...REFERRAL_ROWS,
  ...FIGURE_ROWS,
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
  'receivers',
]

// Uses a single query, because the matrix reads the state about 3,000 times.
const EVERYTHING = `SELECT json_array(${[
  ...TABLES.map((table) => `(SELECT count(*) FROM ${table})`),
  '(SELECT json_group_array(status) FROM reports)',
  '(SELECT json_group_array(name) FROM slots)',
].join()}) AS counts`

/** Returns a string that changes when a row, a status or an object is added, changed or deleted. */
export async function everything(): Promise<string> {
  const [counts, { objects }] = await Promise.all([
    db.prepare(EVERYTHING).first<string>('counts'),
    deps.bucket.list(),
  ])
  return JSON.stringify([counts, objects.map(({ key }) => key)])
}
