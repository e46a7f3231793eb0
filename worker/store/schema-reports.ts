// Declares the tables of reports, replies, counts and epochs. README.md in this folder gives the
// reason for each column.
// Reports have days, not timestamps, because the time of arrival can identify a reporter. No stored
// value shows the order of reports within a day: ids are hashes, and no column numbers the reports.
// The tables of reports, follow-ups and replies have no rowid (see the migration).
import { sql, type Column, type SQL } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { ENVELOPE_SIZES, type Grade } from '#protocol/limits'
import { CLOSE_REASONS, STATUSES, WAITING_FOR } from '#protocol/staff/fields'
import { bytes } from './database.ts'

const SEALERS = ['device', 'worker'] as const

const RANK =
  "(CASE WHEN merged_into IS NOT NULL THEN 32 WHEN status = 'closed' THEN 16 " +
  "ELSE (CASE danger WHEN 1 THEN 0 ELSE 8 END) + 4 * (status = 'in_progress') END + 3 - grade)"

/**
 * Selects the envelopes that still have their wrap. A letter in a case has lost the wrap.
 */
export const isWhole = (envelope: Column | SQL): SQL =>
  sql`length(${envelope}) IN (${sql.raw(ENVELOPE_SIZES.join(', '))})`

export const reports = sqliteTable(
  'reports',
  {
    id: bytes().primaryKey(),
    kind: integer().notNull(),
    danger: integer({ mode: 'boolean' }).notNull(),
    epoch: integer().notNull(),
    /** grade from 0 to 3, see GRADES */
    grade: integer().$type<Grade>().notNull(),
    sealedBy: text('sealed_by', { enum: SEALERS }).notNull(),
    status: text({ enum: STATUSES }).notNull().default('new'),
    receivedDay: text('received_day').notNull(),
    /**
     * rank in the queue: danger and new, danger and in progress, new, in progress, closed, merged.
     * The higher grade of each rank is first
     */
    rank: integer().notNull().generatedAlwaysAs(sql.raw(RANK), { mode: 'virtual' }),
    headerId: bytes('header_id').notNull(),
    ownerHash: bytes('owner_hash').notNull(),
    /** null when the reporter ended the thread */
    writeHash: bytes('write_hash'),
    // The columns of the case that the report began. README.md says why they stand here.
    /** the case that goes on for this one; null while this case goes on itself */
    mergedInto: bytes('merged_into'),
    /** id of the colleague who has the case */
    assignee: bytes(),
    waitsFor: text('waits_for', { enum: WAITING_FOR }).notNull().default('us'),
    /** since this UTC day; null since the day of arrival */
    waitsSince: text('waits_since'),
    /** the last UTC day on which anything was added; null for the day of arrival */
    touchedDay: text('touched_day'),
    /** the first day at the organisation's place on which a task is due */
    dueDay: text('due_day'),
    closeReason: text('close_reason', { enum: CLOSE_REASONS }),
    envelope: bytes().notNull(),
  },
  (table) => [
    // The index holds all columns of a queue line, so that a page reads one row for each line.
    index('reports_queue').on(
      table.rank,
      table.receivedDay,
      table.id,
      table.kind,
      table.danger,
      table.grade,
      table.sealedBy,
      table.status,
      table.ownerHash,
      table.writeHash,
      table.assignee,
      table.waitsFor,
      table.waitsSince,
      table.touchedDay,
      table.dueDay,
      table.closeReason,
    ),
    index('reports_merged')
      .on(table.mergedInto)
      .where(sql`merged_into IS NOT NULL`),
    index('reports_assignee')
      .on(table.assignee)
      .where(sql`assignee IS NOT NULL`),
    index('reports_touched')
      .on(table.touchedDay)
      .where(sql`touched_day IS NOT NULL`),
    index('reports_owner').on(table.ownerHash, table.writeHash),
    // Finds the report whose proof of work counts for a header id.
    index('reports_header').on(table.headerId, table.grade),
    index('reports_untaken').on(table.epoch, table.id).where(isWhole(table.envelope)),
  ],
)

export const followUps = sqliteTable(
  'follow_ups',
  {
    id: bytes().primaryKey(),
    ownerHash: bytes('owner_hash').notNull(),
    /** null when the reporter ended the thread */
    writeHash: bytes('write_hash'),
    /** place in the thread, from 0 */
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
 * Replies, by the owner hash and not by the report. So a known and an unknown receipt take the same
 * query.
 */
export const answers = sqliteTable(
  'answers',
  {
    ownerHash: bytes('owner_hash').notNull(),
    slot: integer().notNull(),
    day: text().notNull(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerHash, table.slot] })],
)

/** Totals that triggers update (see the migration), so that a count reads six rows at any size. */
export const counts = sqliteTable(
  'counts',
  {
    status: text({ enum: STATUSES }).notNull(),
    danger: integer({ mode: 'boolean' }).notNull(),
    total: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.status, table.danger] })],
)

/**
 * Numbers of reports and follow-ups ever stored, which triggers update. The numbers only grow, so
 * that no deletion hides an arrival.
 */
export const arrivals = sqliteTable('arrivals', {
  what: text({ enum: ['report', 'follow_up'] }).primaryKey(),
  total: integer().notNull(),
})

export const epochs = sqliteTable('epochs', {
  epoch: integer().primaryKey(),
  manifest: bytes().notNull(),
  hybridKey: bytes('hybrid_key').notNull(),
  /** the private keys, sealed to the recovery key; null after `epoch.end` deleted them */
  sealedForRecovery: bytes('sealed_for_recovery'),
  /** the first UTC day on which reports are refused; it may lie in the future */
  retiredDay: text('retired_day'),
})

/** Ids (17 bytes) of files that a member of the staff asked for. The clock keeps such files. */
export const claimedFiles = sqliteTable('claimed_files', { id: bytes().primaryKey() })

/**
 * Files that no report can list any more, and the day on which the clock noticed each file: see
 * worker/scheduled/sweep-files.ts.
 */
export const unclaimedFiles = sqliteTable(
  'unclaimed_files',
  { id: bytes().primaryKey(), noticedDay: text('noticed_day').notNull() },
  (table) => [index('unclaimed_files_day').on(table.noticedDay)],
)

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
    /** the key of R2 after which the next run goes on; null when the overflow is done */
    place: text(),
    /** reports that were deleted */
    removed: integer().notNull(),
    /** the last UTC day on which a run deleted stored reports, and how many it deleted then */
    day: text().notNull(),
    removedThatDay: integer('removed_that_day').notNull(),
    /** milliseconds since 1970; null while the discard is open */
    endedAt: integer('ended_at'),
    withdrawnBy: bytes('withdrawn_by'),
  },
  (table) => [index('discards_ended').on(table.endedAt), index('discards_due').on(table.dueAt)],
)
