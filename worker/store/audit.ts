// Writes the audit chain. A change and its row are one transaction; the row is added only if the
// change changed something. hash = SHA-256(previous hash ‖ statement ‖ signature); the first
// previous hash is zeros.
import { asc, desc, gt, sql, type SQL } from 'drizzle-orm'
import { sameBytes, sha256, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES } from '#protocol/limits'
import { runTogether, type Database } from './database.ts'
import { audit } from './schema-people.ts'

const ATTEMPTS = 8
const PAGE = 500

/** A change as its actor signed it. */
export interface AuditEntry {
  actor: Bytes
  /** JSON text of a Statement */
  statement: string
  /** 64 bytes */
  signature: Bytes
}

/** An entry that is not in the chain yet. */
export interface PlacedEntry extends AuditEntry {
  /** hash of the row that the entry must follow; null for a newcomer's entry, which follows any */
  prev: Bytes | null
}

export interface AuditRow extends AuditEntry {
  seq: number
  prevHash: Bytes
  hash: Bytes
}

export const auditHash = (prevHash: Bytes, { statement, signature }: AuditEntry): Promise<Bytes> =>
  sha256(prevHash, utf8(statement), signature)

/**
 * Runs a change with its audit row.
 *
 * @param change  statements; the last one ends in RETURNING and returns one row if it changed one
 * @param after  statements of the same transaction; without the change they must change nothing
 * @returns false when nothing was changed; the chain then gets no row
 * @throws Refusal `audit_moved` when the entry was signed to follow another row than the last one;
 *   nothing is changed then
 */
export async function changeWithAudit(
  db: Database,
  { prev, ...entry }: PlacedEntry,
  change: SQL[],
  after: SQL[] = [],
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const head = await findPlace(db)
    if (prev && !sameBytes(prev, head.prevHash)) throw new Refusal('audit_moved')
    const row: AuditRow = { ...entry, ...head, hash: await auditHash(head.prevHash, entry) }
    try {
      const returned = await runTogether(db, [...change, insertRow(row), ...after])
      return returned[change.length - 1] === 1
    } catch (error) {
      // Another writer added a row on the same head. D1 undid the whole transaction, so it is safe
      // to retry.
      if (!isTakenHead(error)) throw error
      if (prev) throw new Refusal('audit_moved', { cause: error })
      if (attempt === ATTEMPTS) throw error
    }
  }
}

/** Returns the hash of the last row, or zeros when the chain is empty. */
export const auditHead = async (db: Database): Promise<Bytes> => (await findPlace(db)).prevHash

async function findPlace(db: Database): Promise<{ seq: number; prevHash: Bytes }> {
  const head = await db
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.seq))
    .limit(1)
    .get()
  return head
    ? { seq: head.seq + 1, prevHash: head.hash }
    : { seq: 1, prevHash: new Uint8Array(HASH_BYTES) }
}

const insertRow = (row: AuditRow): SQL =>
  sql`INSERT INTO audit (seq, prev_hash, hash, statement, signature, actor)
    SELECT ${row.seq}, ${row.prevHash}, ${row.hash}, ${row.statement}, ${row.signature},
      ${row.actor}
    WHERE changes() = 1`

/** Recognises the message of the trigger that refuses a second row with a number or on a head. */
const isTakenHead = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('audit rows are never replaced')

/** Reads all rows in order, page by page. */
export async function* auditRows(db: Database): AsyncGenerator<AuditRow> {
  let last = 0
  for (;;) {
    const page = await db
      .select()
      .from(audit)
      .where(gt(audit.seq, last))
      .orderBy(asc(audit.seq))
      .limit(PAGE)
    yield* page
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = end.seq
  }
}
