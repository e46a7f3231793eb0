// Declares the tables for the clock's deletions: discards, the clock's last run, and files that no
// report lists. worker/store/README.md gives the reason for each column.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'

/**
 * Ids (17 bytes) of files that a member of staff has requested. The clock does not delete such
 * files.
 */
export const claimedFiles = sqliteTable('claimed_files', { id: bytes().primaryKey() })

/**
 * Files that a report can no longer list, and the day on which the clock noticed each: see
 * worker/scheduled/sweep-files.ts.
 */
export const unclaimedFiles = sqliteTable(
  'unclaimed_files',
  { id: bytes().primaryKey(), noticedDay: text('noticed_day').notNull() },
  (table) => [index('unclaimed_files_day').on(table.noticedDay)],
)

/** A single row with the clock's times, in milliseconds since 1970: see chore-clock.ts. */
export const choreClock = sqliteTable('chore_clock', {
  name: text().primaryKey(),
  ranAt: integer('ran_at').notNull(),
  doubtedUntil: integer('doubted_until').notNull(),
})

/**
 * Signed statements that delete many reports: see worker/scheduled/carry-out-discard.ts.
 */
export const discards = sqliteTable(
  'discards',
  {
    id: bytes().primaryKey(),
    actor: bytes().notNull(),
    /** JSON text of a DiscardChange, as its author signed it */
    change: text().notNull(),
    /** milliseconds since 1970 */
    dueAt: integer('due_at').notNull(),
    /**
     * the R2 key after which the next run continues; null when the discard has gone through the
     * whole overflow
     */
    place: text(),
    /** number of reports already deleted */
    removed: integer().notNull(),
    /**
     * the last UTC day on which a run deleted stored reports; the next column contains the number
     * of these reports
     */
    day: text().notNull(),
    removedThatDay: integer('removed_that_day').notNull(),
    /** milliseconds since 1970; null while the discard is open */
    endedAt: integer('ended_at'),
    withdrawnBy: bytes('withdrawn_by'),
  },
  (table) => [index('discards_ended').on(table.endedAt), index('discards_due').on(table.dueAt)],
)
