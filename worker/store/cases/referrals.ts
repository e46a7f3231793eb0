// Stores rows about referrals with their entries, and reads such rows from the logs of a case. No
// table repeats the state of referrals, because the log is short and a table could contradict it.
import { and, inArray, sql } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import { insertEntryRow } from './entries.ts'
import { isAllRead, type ReadParts } from './growth.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { caseLog } from '../schema/chains.ts'

export interface ReferralStepRow {
  keyNo: number
  sealed: Bytes
  read: ReadParts
}

/**
 * Stores the entry of a row about a referral.
 *
 * @returns false in the same cases as insertEntry, and when the author has not read all of the case
 */
export const insertReferralRow = (
  db: Database,
  caseId: Bytes,
  { read, ...added }: ReferralStepRow,
  entry: ChainEntry,
): Promise<boolean> => changeWithRow(db, entry, [insertEntryRow(caseId, added, isAllRead(read))])

/** A stored row, with the texts that its author signed. */
export interface StoredReferralRow {
  /** base64url */
  caseId: string
  n: number
  hash: string
  change: string
  statement: string
}

/**
 * Lists the rows about referrals or absorptions in the logs of a case and of the cases that it
 * absorbed. With the index, this query reads only the rows of these logs.
 */
export async function listReferralRows(db: Database, caseId: Bytes): Promise<StoredReferralRow[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT case_id, n, hash, change, statement FROM case_log
      WHERE (case_id = ${caseId}
          OR case_id IN (SELECT id FROM reports WHERE merged_into = ${caseId}))
        AND json_extract(statement, '$.action') IN
          ('case.absorb', 'referral.make', 'referral.confirm', 'referral.mark')
      ORDER BY case_id, n`,
  ])
  return rows.map((row) => ({
    caseId: toB64(bytesFrom(row['case_id'])),
    n: Number(row['n']),
    hash: toB64(bytesFrom(row['hash'])),
    ...{ change: String(row['change']), statement: String(row['statement']) },
  }))
}

/** Returns the cases among `ids` that ever had a referral; the rows of a log outlive the case. */
export const casesWithReferrals = async (db: Database, ids: Bytes[]): Promise<Bytes[]> =>
  (
    await db
      .selectDistinct({ caseId: caseLog.caseId })
      .from(caseLog)
      .where(
        and(
          inArray(caseLog.caseId, ids),
          sql`json_extract(${caseLog.statement}, '$.action') = 'referral.make'`,
        ),
      )
  ).map(({ caseId }) => caseId)
