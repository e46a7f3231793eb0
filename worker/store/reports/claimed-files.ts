// Stores the ids of files that the staff have requested, and of files that a report can no longer
// list. The id of a file is 17 bytes long: the id of an envelope and a position in its list.
import { inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { bytesFrom, readTogether, runTogether, type Database } from '../database.ts'
import { isOfThread, THREAD_OF_REPORT } from './follow-ups.ts'
import { claimedFiles, unclaimedFiles } from '../schema/deletions.ts'

/**
 * Joins a report to its case, or to the case into which that case has been merged. Queries check
 * the status of that case.
 */
const HEAD = sql`reports AS head ON head.id = coalesce(reports.merged_into, reports.id)`

/**
 * Records that a member of staff has requested a file. Recording a file again does not change
 * anything.
 */
export async function claimFile(db: Database, id: Bytes): Promise<void> {
  await db.insert(claimedFiles).values({ id }).onConflictDoNothing()
}

/**
 * Returns the unclaimed files among `ids`. A file is unclaimed when no staff member has requested
 * it and its case is closed or does not exist. When the staff app opens a report, the app requests
 * all files of the report.
 */
export async function findUnclaimed(db: Database, ids: Bytes[]): Promise<Bytes[]> {
  if (ids.length === 0) return []
  const owner = sql.raw(`substr(asked.id, 1, ${ID_BYTES})`)
  const asked = sql.join(
    ids.map((id): SQL => sql`(${id})`),
    sql`, `,
  )
  const rows = await readTogether(db, [
    sql`WITH asked(id) AS (VALUES ${asked})
      SELECT id FROM asked
      WHERE NOT EXISTS (SELECT 1 FROM claimed_files WHERE claimed_files.id = asked.id)
        AND NOT EXISTS (SELECT 1 FROM reports JOIN ${HEAD}
          WHERE reports.id = ${owner} AND head.status <> 'closed')
        AND NOT EXISTS (SELECT 1 FROM follow_ups
          JOIN reports ON ${isOfThread(THREAD_OF_REPORT)} JOIN ${HEAD}
          WHERE follow_ups.id = ${owner} AND head.status <> 'closed')`,
  ])
  return (rows[0] ?? []).map(({ id }) => bytesFrom(id))
}

/** Records unclaimed files. A file that is already recorded keeps its first day. */
export async function noteUnclaimed(db: Database, ids: Bytes[], day: string): Promise<void> {
  if (ids.length === 0) return
  await runTogether(db, [
    sql`INSERT INTO unclaimed_files (id, noticed_day) VALUES ${sql.join(
      ids.map((id): SQL => sql`(${id}, ${day})`),
      sql`, `,
    )} ON CONFLICT (id) DO NOTHING`,
  ])
}

/** Lists files that the clock recorded before `day`. */
export const listNoticed = async (db: Database, day: string, limit: number): Promise<Bytes[]> =>
  (
    await db
      .select({ id: unclaimedFiles.id })
      .from(unclaimedFiles)
      .where(lt(unclaimedFiles.noticedDay, day))
      .limit(limit)
  ).map(({ id }) => id)

export async function forgetNoticed(db: Database, ids: Bytes[]): Promise<void> {
  if (ids.length > 0) await db.delete(unclaimedFiles).where(inArray(unclaimedFiles.id, ids))
}
