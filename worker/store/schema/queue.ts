// Declares the rank of a report in the queue, and the totals for all reports.
// worker/store/README.md gives the reason for each column.
import { sql, type SQL } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { GRADES } from '#protocol/limits'
import { STATUSES } from '#protocol/staff/fields'
import {
  HIGHEST_GRADE,
  MERGED_RANK,
  RANK_GROUPS,
  rankIn,
  type RankGroup,
} from '#protocol/staff/list/rank'

const isIn = ({ status, danger, acted, waitsFor }: RankGroup): string =>
  [
    status === undefined ? [] : `status = '${status}'`,
    danger === undefined ? [] : `danger = ${Number(danger)}`,
    acted === undefined ? [] : `acted_follow_ups IS ${acted ? 'NOT ' : ''}NULL`,
    waitsFor === undefined ? [] : `waits_for = '${waitsFor}'`,
  ]
    .flat()
    .join(' AND ') || 'TRUE'

/**
 * SQL for a report's rank, from the groups of the list: see the column in reports.ts. An existing
 * column keeps the SQL of its migration, so a test compares both in D1.
 */
export const RANK =
  `(CASE WHEN merged_into IS NOT NULL THEN ${MERGED_RANK} ` +
  RANK_GROUPS.map((each) => `WHEN ${isIn(each)} THEN ${rankIn(each.group, HIGHEST_GRADE)} `).join(
    '',
  ) +
  `END + ${HIGHEST_GRADE} - grade)`

/** SQL for the day since which a case has been waiting. */
export const WAITING_DAY = '(coalesce(waits_since, received_day))'

/**
 * Formats numbers for `IN` as part of the statement's text, so that they do not use up bound
 * values.
 */
export const numbersIn = (numbers: readonly number[]): SQL => sql.raw(`(${numbers.join(', ')})`)

/**
 * The ranks of new reports without any changes. Such reports wait for us, with or without danger.
 */
export const UNTOUCHED_RANKS = numbersIn(
  GRADES.flatMap((grade) => [rankIn('danger', grade), rankIn('us', grade)]),
)

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
