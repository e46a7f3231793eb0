// Reads the ledger rows, and the last row of each chain.
import { asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { NO_ROW } from '#protocol/staff/chain'
import type { LedgerAction } from '#protocol/staff/actions'
import type { Database } from '../database.ts'
import { caseLog, ledger } from '../schema/chains.ts'

/** A row of a chain, in the form that a replay needs. */
export interface StoredRow {
  change: string
  statement: string
  signature: Bytes
}

/** Returns the hash of a chain's last row, or zeros. `caseId` is null for the ledger. */
export const chainHead = async (db: Database, caseId: Bytes | null): Promise<Bytes> =>
  (await findLast(db, caseId)).hash

export async function findLast(
  db: Database,
  caseId: Bytes | null,
): Promise<{ seq: number; hash: Bytes }> {
  const last =
    caseId === null
      ? await db
          .select({ seq: ledger.seq, hash: ledger.hash })
          .from(ledger)
          .orderBy(desc(ledger.seq))
          .limit(1)
          .get()
      : await db
          .select({ seq: caseLog.n, hash: caseLog.hash })
          .from(caseLog)
          .where(eq(caseLog.caseId, caseId))
          .orderBy(desc(caseLog.n))
          .limit(1)
          .get()
  return last ?? { seq: 0, hash: NO_ROW }
}

/** Reads ledger rows after row `after`, oldest first. */
export const readLedgerRows = (
  db: Database,
  after: number,
  limit: number,
): Promise<(StoredRow & { seq: number })[]> =>
  db
    .select({
      seq: ledger.seq,
      change: ledger.change,
      statement: ledger.statement,
      signature: ledger.signature,
    })
    .from(ledger)
    .where(gt(ledger.seq, after))
    .orderBy(asc(ledger.seq))
    .limit(limit)

/** Returns the hash of a ledger row, or null. @param seq  row number, from 1 */
export const ledgerRowHash = async (db: Database, seq: number): Promise<Bytes | null> =>
  (await db.select({ hash: ledger.hash }).from(ledger).where(eq(ledger.seq, seq)).get())?.hash ??
  null

const isAction = (action: LedgerAction): SQL =>
  eq(sql`json_extract(${ledger.statement}, '$.action')`, action)

/** Returns the newest row with an action, or null. */
export const newestRow = async (
  db: Database,
  action: LedgerAction,
): Promise<{ seq: number; change: string } | null> =>
  (await db
    .select({ seq: ledger.seq, change: ledger.change })
    .from(ledger)
    .where(isAction(action))
    .orderBy(desc(ledger.seq))
    .limit(1)
    .get()) ?? null

/** Returns the change of the newest row with an action, or null. */
export const newestChange = async (db: Database, action: LedgerAction): Promise<string | null> =>
  (await newestRow(db, action))?.change ?? null

/** Returns the hashes of the newest rows with an action, newest first. */
export const newestHashes = async (
  db: Database,
  action: LedgerAction,
  limit: number,
): Promise<Bytes[]> =>
  (
    await db
      .select({ hash: ledger.hash })
      .from(ledger)
      .where(isAction(action))
      .orderBy(desc(ledger.seq))
      .limit(limit)
  ).map(({ hash }) => hash)
