// Declares the tables of follow-ups and replies, each of which belongs to a thread.
// worker/store/README.md gives the reason for each column. Neither table has a rowid (see the
// migration).
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'
import { isWhole, SEALERS } from './reports.ts'

export const followUps = sqliteTable(
  'follow_ups',
  {
    id: bytes().primaryKey(),
    ownerHash: bytes('owner_hash').notNull(),
    /** null when the reporter has ended the thread */
    writeHash: bytes('write_hash'),
    /** position in the thread, from 0 */
    n: integer().notNull(),
    epoch: integer().notNull(),
    day: text().notNull(),
    sealedBy: text('sealed_by', { enum: SEALERS }).notNull(),
    envelope: bytes().notNull(),
  },
  (table) => [
    uniqueIndex('follow_ups_thread').on(table.ownerHash, table.writeHash, table.n),
    index('follow_ups_untaken').on(table.epoch, table.id).where(isWhole(table.envelope)),
  ],
)

/**
 * Replies are keyed by the owner hash and not by the report. Known and unknown receipts therefore
 * need the same query.
 */
export const answers = sqliteTable(
  'answers',
  {
    ownerHash: bytes('owner_hash').notNull(),
    /** position in the thread: the index of the reply */
    n: integer().notNull(),
    day: text().notNull(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerHash, table.n] })],
)
