// What the staff change in a report, each with its audit row. A change that no longer fits what is stored does nothing.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Status } from '#protocol/staff'
import type { SealedAnswer } from './answers.ts'
import { changeWithAudit, type PlacedEntry } from './audit.ts'
import type { Database } from './database.ts'
import { reports } from './schema.ts'

/** @returns false when the report is not there or its status is not `from` */
export const changeStatus = (
  db: Database,
  report: Bytes,
  { from, to }: { from: Status; to: Status },
  entry: PlacedEntry,
): Promise<boolean> =>
  changeWithAudit(db, entry, [
    sql`UPDATE reports SET status = ${to} WHERE id = ${report} AND status = ${from} RETURNING 1`,
  ])

/** @returns false when the report is not there or the stored revision is not `revision` (0: there is none yet) */
export const saveCaseFile = (
  db: Database,
  report: Bytes,
  { revision, sealed }: { revision: number; sealed: Bytes },
  entry: PlacedEntry,
): Promise<boolean> =>
  changeWithAudit(db, entry, [
    revision === 0
      ? sql`INSERT INTO case_files (report, revision, sealed) SELECT id, 1, ${sealed} FROM reports WHERE id = ${report}
          ON CONFLICT (report) DO NOTHING RETURNING 1`
      : sql`UPDATE case_files SET revision = revision + 1, sealed = ${sealed}
          WHERE report = ${report} AND revision = ${revision} RETURNING 1`,
  ])

/** @returns false when the report is not there, its number is dead, or the slot is taken */
export const insertAnswer = (
  db: Database,
  report: Bytes,
  { slot, day, sealed }: SealedAnswer,
  entry: PlacedEntry,
): Promise<boolean> =>
  changeWithAudit(db, entry, [
    sql`INSERT INTO answers (lookup_hash, slot, day, sealed)
      SELECT lookup_hash, ${slot}, ${day}, ${sealed} FROM reports WHERE id = ${report} AND lookup_hash IS NOT NULL
      ON CONFLICT (lookup_hash, slot) DO NOTHING RETURNING 1`,
  ])

/** Whether a report is there and whether its number still lives; null when it is not there. */
export async function findAnswerable(db: Database, report: Bytes): Promise<boolean | null> {
  const found = await db
    .select({ lookupHash: reports.lookupHash })
    .from(reports)
    .where(eq(reports.id, report))
    .get()
  return found ? found.lookupHash !== null : null
}
