// Declares the rank of a report in the queue, and the totals of all reports. README.md in this
// folder gives the reason for each column.
import { sql, type SQL } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { STATUSES } from '#protocol/staff/fields'
import {
  firstRankOf,
  HIGHEST_GRADE,
  MERGED_RANK,
  RANK_GROUPS,
  type RankGroup,
} from '#protocol/staff/list/rank'

const isIn = ({ danger, status }: RankGroup): string =>
  (danger === undefined ? '' : `danger = ${danger ? 1 : 0} AND `) + `status = '${status}'`

/**
 * SQL of a report's rank, from the groups of the list: see the column in reports.ts. An existing
 * column keeps the SQL of its migration, so a test compares both in D1.
 */
export const RANK =
  `(CASE WHEN merged_into IS NOT NULL THEN ${MERGED_RANK} ` +
  RANK_GROUPS.map((group) => `WHEN ${isIn(group)} THEN ${firstRankOf(group)} `).join('') +
  `END + ${HIGHEST_GRADE} - grade)`

/** Writes numbers for `IN`, as text of the statement, so that they do not take bound values. */
export const numbersIn = (numbers: readonly number[]): SQL => sql.raw(`(${numbers.join(', ')})`)

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
 * Numbers of reports and follow-ups ever stored, which triggers update. The numbers only grow, so a
 * deletion does not hide an arrival.
 */
export const arrivals = sqliteTable('arrivals', {
  what: text({ enum: ['report', 'follow_up'] }).primaryKey(),
  total: integer().notNull(),
})
