// Stores waiting reports, and looks for the threads of waiting follow-ups. Each statement stores
// many reports, because the plan limits the number of statements in a run.
import { sql, type SQL } from 'drizzle-orm'
import { runTogether, readTogether, type Database } from '../database.ts'
import { MAX_FOLLOW_UPS } from '#protocol/limits'
import { followUpCount } from '../reports/follow-ups.ts'
import type { DrainedReport } from './report-of-waiting.ts'
import type { ArrivedReport } from '../reports/reports.ts'
import type { Bytes } from '#protocol/bytes'

/**
 * D1 allows 100 bound values in a statement. A report needs 12 values and a follow-up 3; the
 * statement for reports also binds the day.
 */
export const REPORTS_A_STATEMENT = 8
const FOLLOW_UPS_A_STATEMENT = 33

/**
 * Stores up to REPORTS_A_STATEMENT reports in one statement. A report that is already stored is not
 * overwritten. If the person sent the same report again with a proof, the stored row takes the
 * higher grade. A proof of work counts once, even within one statement: only for the first report
 * in the list.
 *
 * @param today  UTC day; a report that arrived on an earlier day counts as touched today
 */
export async function insertReports(
  db: Database,
  reports: DrainedReport[],
  today: string,
): Promise<void> {
  const rows = sql.join(reports.map(rowOf), sql`, `)
  await runTogether(db, [
    sql`WITH arrived (at, id, kind, danger, epoch, proof, checked, sealed_by, received_day,
        header_id, owner_hash, write_hash, envelope) AS (VALUES ${rows})
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, touched_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT id, kind, danger, epoch, max(checked, CASE WHEN proof > 0 AND (
          EXISTS (SELECT 1 FROM reports WHERE reports.header_id = arrived.header_id
            AND reports.grade > 0 AND reports.id <> arrived.id)
          OR EXISTS (SELECT 1 FROM arrived AS first WHERE first.header_id = arrived.header_id
            AND first.proof > 0 AND first.at < arrived.at AND first.id <> arrived.id)
        ) THEN 0 ELSE proof END),
        sealed_by, received_day, nullif(max(received_day, ${today}), received_day), header_id,
        owner_hash, write_hash, envelope
      FROM arrived WHERE NOT EXISTS (SELECT 1 FROM follow_ups WHERE follow_ups.id = arrived.id)
      ON CONFLICT (id) DO UPDATE SET grade = excluded.grade WHERE excluded.grade > reports.grade`,
  ])
}

const rowOf = (report: DrainedReport, at: number): SQL =>
  sql`(${sql.raw(String(at))}, ${report.id}, ${report.kind}, ${Number(report.danger)},
    ${report.epoch}, ${report.grade}, ${report.checkedGrade}, ${report.sealedBy},
    ${report.receivedDay}, ${report.headerId}, ${report.ownerHash}, ${report.writeHash},
    ${report.envelope})`

/**
 * The state of a waiting follow-up's thread; `stored` when the database already has the follow-up.
 */
export type ThreadState = 'stored' | 'open' | 'full' | 'unknown'

type Named = Pick<ArrivedReport, 'id' | 'ownerHash'> & { tokenHash: Bytes }

/**
 * Finds the state of each follow-up's thread. Returns the states in the same order as the
 * follow-ups.
 */
export async function findThreadStates(db: Database, followUps: Named[]): Promise<ThreadState[]> {
  const states: ThreadState[] = []
  for (let first = 0; first < followUps.length; first += FOLLOW_UPS_A_STATEMENT) {
    const some = followUps.slice(first, first + FOLLOW_UPS_A_STATEMENT)
    const rows = await readTogether(db, [stateQuery(some)])
    states.push(...(rows[0] ?? []).map(({ state }) => stateFrom(state)))
  }
  return states
}

const STATES = ['stored', 'open', 'full', 'unknown'] as const
const stateFrom = (state: unknown): ThreadState =>
  STATES.find((known) => known === state) ?? 'unknown'

function stateQuery(followUps: Named[]): SQL {
  const rows = followUps.map(
    ({ id, ownerHash, tokenHash }, at) =>
      sql`(${sql.raw(String(at))}, ${id}, ${ownerHash}, ${tokenHash})`,
  )
  const thread = { ownerHash: sql`arrived.owner_hash`, writeHash: sql`arrived.write_hash` }
  return sql`WITH arrived (at, id, owner_hash, write_hash) AS (VALUES ${sql.join(rows, sql`, `)})
    SELECT CASE
      WHEN EXISTS (SELECT 1 FROM follow_ups WHERE follow_ups.id = arrived.id)
        OR EXISTS (SELECT 1 FROM reports WHERE reports.id = arrived.id) THEN 'stored'
      WHEN NOT EXISTS (SELECT 1 FROM reports WHERE reports.owner_hash = arrived.owner_hash
        AND reports.write_hash = arrived.write_hash) THEN 'unknown'
      WHEN ${followUpCount(thread)} < ${sql.raw(String(MAX_FOLLOW_UPS))} THEN 'open'
      ELSE 'full' END AS state
    FROM arrived ORDER BY at`
}
