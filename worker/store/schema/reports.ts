// Declares the table of reports. worker/store/README.md gives the reason for each column. The table
// stores days, not timestamps, because the time of arrival can identify a reporter. No stored value
// shows the order of reports within a day: ids are hashes, and reports are not numbered. The table
// has no rowid (see the migration).
import { sql, type Column, type SQL } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ENVELOPE_SIZES, type Grade } from '#protocol/limits'
import { CLOSE_REASONS, STATUSES, WAITING_FOR } from '#protocol/staff/fields'
import { bytes } from '../database.ts'
import { RANK, WAITING_DAY } from './queue.ts'

export const SEALERS = ['device', 'worker'] as const

/**
 * Selects the envelopes that still have their wrap. A letter that is in a case no longer has its
 * wrap.
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
    /** position in the order of the queue, derived from RANK_GROUPS */
    rank: integer().notNull().generatedAlwaysAs(sql.raw(RANK), { mode: 'virtual' }),
    headerId: bytes('header_id').notNull(),
    ownerHash: bytes('owner_hash').notNull(),
    /** null when the reporter ended the thread */
    writeHash: bytes('write_hash'),
    // The columns of the case that the report began. worker/store/README.md explains why they are
    // here.
    /** the case into which this one was merged; null for a case that was not merged */
    mergedInto: bytes('merged_into'),
    /** id of the colleague who has the case */
    assignee: bytes(),
    waitsFor: text('waits_for', { enum: WAITING_FOR }).notNull().default('us'),
    /** the UTC day since which the case has waited for this party; null means the day of arrival */
    waitsSince: text('waits_since'),
    /**
     * the day since which the case has waited, by default the day of arrival; used to sort a group
     */
    waitingDay: text('waiting_day')
      .notNull()
      .generatedAlwaysAs(sql.raw(WAITING_DAY), { mode: 'virtual' }),
    /**
     * number of follow-ups that the newest act's author had read; null while nobody has acted since
     * the person's last letter
     */
    actedFollowUps: integer('acted_follow_ups'),
    /** the colleague who gave the case to its assignee; null after the assignee has taken it */
    givenBy: bytes('given_by'),
    /**
     * the UTC day on which the danger was last reported or confirmed; null means the day of arrival
     */
    dangerDay: text('danger_day'),
    /** the last UTC day on which anything was added; null means the day of arrival */
    touchedDay: text('touched_day'),
    /** the first day, in the organisation's time zone, on which a task is due */
    dueDay: text('due_day'),
    closeReason: text('close_reason', { enum: CLOSE_REASONS }),
    envelope: bytes().notNull(),
  },
  (table) => [
    // The index contains all columns of a queue line, so that a page reads one row per line.
    index('reports_queue').on(
      table.rank,
      table.waitingDay,
      table.id,
      table.kind,
      table.danger,
      table.grade,
      table.sealedBy,
      table.status,
      table.receivedDay,
      table.ownerHash,
      table.writeHash,
      table.assignee,
      table.waitsFor,
      table.actedFollowUps,
      table.givenBy,
      table.dangerDay,
      table.touchedDay,
      table.dueDay,
      table.closeReason,
    ),
    index('reports_due')
      .on(table.dueDay, table.id)
      .where(sql`due_day IS NOT NULL`),
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
