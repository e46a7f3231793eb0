// Extends the ledger and case logs. A change and its row are written in one transaction; the row is
// added only if the change changed something.
import { sql, type SQL } from 'drizzle-orm'
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { rowHash } from '#protocol/staff/chain'
import { findLast } from './chain-rows.ts'
import { findBehind, type CasePlace } from './places.ts'
import { runTogether, type Database } from '../database.ts'

/** A change as its actor signed it, with its position in its chain. */
export interface ChainEntry {
  actor: Bytes
  /** JSON text of the change */
  change: string
  /** JSON text of a Statement */
  statement: string
  /** 64 bytes */
  signature: Bytes
  /** hash of the row that the entry must follow */
  prev: Bytes
  /** the case whose log the entry extends, with its signer's ledger head; null for a ledger row */
  ofCase: CasePlace | null
}

/**
 * Runs a change with its row.
 *
 * @param change  statements; the last statement ends in RETURNING and returns one row if it changed
 *   a row. Without statements, the row alone is the change.
 * @param after  statements of the same transaction; they must change nothing if the change does
 *   nothing
 * @returns false when nothing was changed; no row is then added to the chain
 * @throws Refusal `chain_moved` when the entry was signed to follow a row that is not the last.
 *   `ledger_behind` when findBehind returns the case. In both cases, nothing is changed.
 */
export const changeWithRow = (
  db: Database,
  entry: ChainEntry,
  change: SQL[],
  after: SQL[] = [],
): Promise<boolean> => changeWithRows(db, [{ entry, change, after }])

/** A change with its row, as in changeWithRow. */
export interface ChainStep {
  entry: ChainEntry
  change: SQL[]
  after: SQL[]
}

/**
 * Runs changes with their rows in one transaction. Each row follows the previous row of its chain.
 * If the first change changes nothing, the later changes must change nothing either.
 *
 * @returns false when the first change changed nothing
 * @throws Refusal `chain_moved` and `ledger_behind`, as in changeWithRow
 */
export async function changeWithRows(
  db: Database,
  steps: readonly [ChainStep, ...ChainStep[]],
): Promise<boolean> {
  const [first] = steps
  const places = steps.flatMap(({ entry }) => entry.ofCase ?? [])
  if ((await findBehind(db, places)).size > 0) throw new Refusal('ledger_behind')
  const lasts = new Map<string, { seq: number; hash: Bytes }>()
  const queries: SQL[] = []
  for (const { entry, change, after } of steps) {
    const id = entry.ofCase?.id ?? null
    const chain = id === null ? 'ledger' : toB64(id)
    const last = lasts.get(chain) ?? (await findLast(db, id))
    if (!sameBytes(entry.prev, last.hash)) throw new Refusal('chain_moved')
    const [seq, hash] = [last.seq + 1, await rowHash(last.hash, entry)]
    lasts.set(chain, { seq, hash })
    // A row without statements is the change itself.
    const condition = change.length === 0 ? sql`1` : sql`changes() = 1`
    queries.push(...change, insertRow(entry, seq, hash, condition), ...after)
  }
  try {
    const returned = await runTogether(db, queries)
    return first.change.length === 0 || returned[first.change.length - 1] === 1
  } catch (error) {
    // Another writer has added a row after the same head. D1 has rolled back the entire
    // transaction.
    if (isTakenHead(error)) throw new Refusal('chain_moved', { cause: error })
    throw error
  }
}

function insertRow(entry: ChainEntry, seq: number, hash: Bytes, condition: SQL): SQL {
  const { actor, change, statement, signature, prev, ofCase } = entry
  const signed = sql`${change}, ${statement}, ${signature}, ${actor}`
  return ofCase === null
    ? sql`INSERT INTO ledger (seq, prev_hash, hash, change, statement, signature, actor)
        SELECT ${seq}, ${prev}, ${hash}, ${signed}
        WHERE ${condition}`
    : sql`INSERT INTO case_log (case_id, n, prev_hash, hash, change, statement, signature, actor)
        SELECT ${ofCase.id}, ${seq}, ${prev}, ${hash}, ${signed}
        WHERE ${condition}`
}

/**
 * Recognises the message of the triggers that refuse a second row with the same number or after the
 * same head.
 */
const isTakenHead = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('rows of a chain are never replaced')
