// Finds and deletes the stored reports that a discard covers. A discard covers only a new report
// that has no follow-up, reply, case log row, case key or case letter. A discard therefore never
// deletes a case that the staff have changed, because every change adds a row. A discard never
// covers a report whose kind is follow-up, because staff may know the person behind it.
import { sql, type SQL } from 'drizzle-orm'
import { fromB64, type Bytes } from '#protocol/bytes'
import { GRADES, type Grade } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { DISCARD_SAMPLE, type DiscardPredicate } from '#protocol/staff/list/discard'
import { rankIn } from '#protocol/staff/list/rank'
import { bytesFrom, readTogether, runTogether, type Database } from '../database.ts'
import type { DueDiscard } from './due-discards.ts'
import { isOfThread, THREAD_OF_REPORT } from './follow-ups.ts'
import type { Sealer } from './reports.ts'
import { numbersIn } from '../schema/queue.ts'

/** Number of reports in one statement, so that no statement blocks the database for long. */
export const DELETED_AT_ONCE = 100

/**
 * Selects columns of the covered reports. The index of the queue contains every column that the
 * condition compares. A report without any changes has been waiting since its day of arrival.
 */
export const selectCovered = (
  columns: SQL,
  { grade, danger, from, to, sealedBy, keep }: DiscardPredicate,
): SQL =>
  sql`SELECT ${columns} FROM reports
    WHERE rank IN ${numbersIn(coveredRanks(grade, danger))}
      AND waiting_day BETWEEN ${from} AND ${to} AND status = 'new' AND kind <> ${KIND.followUp}
      AND ${sealedBy} IN (sealed_by, 'both')
      AND reports.id NOT IN (${sql.join(
        keep.map((id) => sql`${fromB64(id)}`),
        sql`, `,
      )})
      AND NOT EXISTS (SELECT 1 FROM follow_ups WHERE ${isOfThread(THREAD_OF_REPORT)})
      AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.owner_hash = reports.owner_hash)
      AND NOT EXISTS (SELECT 1 FROM case_heads WHERE case_heads.case_id = reports.id)
      AND NOT EXISTS (SELECT 1 FROM case_keys WHERE case_keys.case_id = reports.id)
      AND NOT EXISTS (SELECT 1 FROM case_letters WHERE case_letters.letter = reports.id)`

/** Lists the ranks of untouched reports up to the given grade. */
const coveredRanks = (highest: Grade, withDanger: boolean): number[] =>
  GRADES.filter((grade) => grade <= highest).flatMap((grade) => [
    ...(withDanger ? [rankIn('danger', grade)] : []),
    rankIn('us', grade),
  ])

/** A sealed report from either store. */
export interface FoundReport {
  id: Bytes
  day: string
  danger: boolean
  grade: Grade
  sealedBy: Sealer
  envelope: Bytes
}

/** Counts the covered reports, and draws some of them at random. */
export async function drawStored(
  db: Database,
  predicate: DiscardPredicate,
): Promise<{ count: number; sample: FoundReport[] }> {
  const rows = await readTogether(db, [
    selectCovered(sql`count(*) AS total`, predicate),
    sql`SELECT id, received_day, danger, grade, sealed_by, envelope FROM reports
      WHERE id IN (${selectCovered(sql`id`, predicate)} ORDER BY random()
        LIMIT ${sql.raw(String(DISCARD_SAMPLE))})
      ORDER BY random()`,
  ])
  const [[total] = [], drawn = []] = rows
  return { count: Number(total?.['total']), sample: drawn.map(foundFrom) }
}

const foundFrom = (row: Record<string, unknown>): FoundReport => ({
  id: bytesFrom(row['id']),
  day: String(row['received_day']),
  danger: row['danger'] === 1,
  grade: gradeFrom(row['grade']),
  sealedBy: row['sealed_by'] === 'worker' ? 'worker' : 'device',
  envelope: bytesFrom(row['envelope']),
})

const gradeFrom = (stored: unknown): Grade => ([1, 2, 3] as const).find((g) => g === stored) ?? 0

/**
 * Deletes covered reports, a few in each statement, and records their number. Records the end when
 * no covered report remains. Deletes nothing for a discard that has ended. `delete-report.md` in
 * docs/operations lists what belongs to a report; a covered report has neither replies nor
 * follow-ups.
 *
 * @param most  maximum number of reports that this run deletes
 */
export async function deleteCovered(
  db: Database,
  { id, predicate }: DueDiscard,
  { most, today, now }: { most: number; today: string; now: number },
): Promise<void> {
  const limits: number[] = []
  for (let left = most; left > 0; left -= DELETED_AT_ONCE)
    limits.push(Math.min(left, DELETED_AT_ONCE))
  if (limits.length === 0) return
  await runTogether(
    db,
    limits.flatMap((limit) => [
      sql`DELETE FROM reports
        WHERE id IN (${selectCovered(sql`id`, predicate)} LIMIT ${sql.raw(String(limit))})
          AND EXISTS (SELECT 1 FROM discards WHERE id = ${id} AND ended_at IS NULL)`,
      sql`UPDATE discards SET removed = removed + changes(),
          removed_that_day = CASE day WHEN ${today} THEN removed_that_day ELSE 0 END + changes(),
          day = ${today},
          ended_at = CASE WHEN changes() < ${sql.raw(String(limit))} THEN ${now} END
        WHERE id = ${id} AND ended_at IS NULL`,
    ]),
  )
}
