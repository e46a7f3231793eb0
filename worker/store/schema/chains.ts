// Declares the tables for the two kinds of chains: the ledger, and each case log.
// worker/store/README.md gives the reason for each column.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'

/**
 * Each case log, chained like the ledger. Triggers prevent updating or deleting a row. The column
 * `change` contains numbers and hashes. The sealed bytes are in the tables of cases.ts, whose rows
 * can be deleted.
 */
export const caseLog = sqliteTable(
  'case_log',
  {
    caseId: bytes('case_id').notNull(),
    n: integer().notNull(),
    prevHash: bytes('prev_hash').notNull(),
    hash: bytes().notNull(),
    /** JSON text of the change */
    change: text().notNull(),
    statement: text().notNull(),
    signature: bytes().notNull(),
    actor: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.n] })],
)

/** The last row of each log, which a trigger updates. */
export const caseHeads = sqliteTable('case_heads', {
  caseId: bytes('case_id').primaryKey(),
  n: integer().notNull(),
  hash: bytes().notNull(),
  /** number of the ledger row that the last row refers to */
  ledgerRow: integer('ledger_row').notNull(),
})

/**
 * The ledger. hash = SHA-256(prev_hash ‖ statement ‖ signature); the first prev_hash is zeros.
 * Triggers prevent updating or deleting a row.
 */
export const ledger = sqliteTable('ledger', {
  seq: integer().primaryKey(),
  prevHash: bytes('prev_hash').notNull().unique(),
  hash: bytes().notNull(),
  /** JSON text of the change: public keys, roles and hashes */
  change: text().notNull(),
  statement: text().notNull(),
  signature: bytes().notNull(),
  actor: bytes().notNull(),
})
