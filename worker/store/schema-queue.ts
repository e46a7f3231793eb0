// Declares the rank of a report in the queue, and the totals of all reports. README.md in this
// folder gives the reason for each column.
import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { STATUSES } from '#protocol/staff/fields'

/** SQL for the rank of a report: see the column in schema-reports.ts. */
export const RANK =
  "(CASE WHEN merged_into IS NOT NULL THEN 32 WHEN status = 'closed' THEN 16 " +
  "ELSE (CASE danger WHEN 1 THEN 0 ELSE 8 END) + 4 * (status = 'in_progress') END + 3 - grade)"

/** The rank of merged reports, which the queue does not show. */
export const MERGED_RANK = sql.raw('32')

/** Totals that triggers update (see the migration), so that a count reads only six rows. */
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
 * no deletion hides an arrival.
 */
export const arrivals = sqliteTable('arrivals', {
  what: text({ enum: ['report', 'follow_up'] }).primaryKey(),
  total: integer().notNull(),
})
