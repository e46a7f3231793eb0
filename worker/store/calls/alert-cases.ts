// Reads facts about open alerts from the database: each alert's case, and whether somebody has
// acted on the alert. For a taken alert, only acts by its taker count. Rows contain only days, so
// taking an alert records the number of rows in the case log. Only later rows can be acts.
import { sql, type SQL } from 'drizzle-orm'
import { fromB64, toB64 } from '#protocol/bytes'
import { WORK_ACTIONS } from '#protocol/staff/case-log/acts'
import { hexOf } from '#worker/hex'
import { absorbedCount, caseFollowUpCount } from '../cases/growth.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { isOfThread, THREAD_OF_REPORT } from '../reports/follow-ups.ts'
import type { Alert } from './open-alert.ts'

export interface AlertFacts {
  /** the surviving case; null for a report that is not in the database */
  caseId: string | null
  /** number of rows in the log of that case */
  rows: number
  /** false when the taker has left, or when nobody has taken the alert */
  hasAccess: boolean
  /**
   * true when the taker has since recorded work with the person, or closed the case. For an alert
   * that nobody has taken, true when somebody did so after reading everything in the case.
   */
  hasActed: boolean
}

/** Reads the facts about each alert, in the order of `alerts`. */
export async function readAlertFacts(
  db: Database,
  alerts: readonly Alert[],
): Promise<AlertFacts[]> {
  if (alerts.length === 0) return []
  const asked = alerts.map(({ letter, taken }) => ({
    letter: hexOf(fromB64(letter)),
    taker: taken ? hexOf(fromB64(taken.by)) : null,
    began: taken?.caseId ? hexOf(fromB64(taken.caseId)) : null,
    /** the id of the case, in the format of a merge row */
    name: taken?.caseId ?? null,
    rows: taken?.rows ?? 0,
  }))
  const [rows = []] = await readTogether(db, [factsOf(JSON.stringify(asked))])
  return rows.map((row) => ({
    caseId: row['case_id'] === null ? null : toB64(bytesFrom(row['case_id'])),
    rows: Number(row['log_rows']),
    hasAccess: row['has_access'] === 1,
    hasActed: row['has_acted'] === 1,
  }))
}

const CASE_OF_LETTER = sql`coalesce(
  (SELECT coalesce(merged_into, id) FROM reports WHERE id = asked.letter),
  (SELECT min(coalesce(reports.merged_into, reports.id))
    FROM follow_ups JOIN reports ON ${isOfThread(THREAD_OF_REPORT)}
    WHERE follow_ups.id = asked.letter))`

/**
 * The rows that record work with the person, or close the case. Any row that does not close the
 * case must state the number of follow-ups: see acts.ts of the protocol.
 */
const IS_ACT = sql`((statement ->> 'action' IN ${WORK_ACTIONS}
    AND change ->> 'followUps' IS NOT NULL)
  OR (statement ->> 'action' = 'status.set' AND change ->> 'to' = 'closed'))`

const hasActIn = (caseId: SQL, after: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM case_log WHERE case_id = ${caseId} AND n > ${after}
    AND actor = of_case.taker AND ${IS_ACT})`

/**
 * The row of the merge, in the log of the surviving case. Only later rows of that log concern the
 * alert's case.
 */
const MERGED_AT = sql`(SELECT max(n) FROM case_log WHERE case_id = of_case.case_id
  AND statement ->> 'action' = 'case.absorb' AND instr(change, of_case.name) > 0)`

/**
 * True for a case in which somebody who had read all of it has acted since the last merge. A
 * colleague without the role intake can open only letters under a case key. A row without the
 * number of absorbed reports may come from a screen that did not yet show them.
 */
const IS_ANSWERED = sql`EXISTS (SELECT 1 FROM reports JOIN case_log ON case_log.case_id = reports.id
  WHERE reports.id = of_case.case_id AND ${IS_ACT}
    AND change ->> 'followUps' = ${caseFollowUpCount()}
    AND coalesce(change ->> 'absorbed', 0) = ${absorbedCount()}
    AND n > coalesce((SELECT max(n) FROM case_log WHERE case_id = reports.id
      AND statement ->> 'action' = 'case.absorb'), 0)
    AND (EXISTS (SELECT 1 FROM people WHERE id = case_log.actor AND roles LIKE '%"intake"%')
      OR EXISTS (SELECT 1 FROM case_letters WHERE letter = of_case.letter)))`

const factsOf = (asked: string): SQL => sql`
  WITH asked AS (SELECT key AS place, unhex(value ->> 'letter') AS letter,
      unhex(value ->> 'taker') AS taker, unhex(value ->> 'began') AS began,
      value ->> 'name' AS name, value ->> 'rows' AS rows FROM json_each(${asked})),
    of_case AS (SELECT asked.*, ${CASE_OF_LETTER} AS case_id FROM asked)
  SELECT of_case.case_id,
    coalesce((SELECT n FROM case_heads WHERE case_heads.case_id = of_case.case_id), 0) AS log_rows,
    EXISTS (SELECT 1 FROM people WHERE id = of_case.taker
      AND (roles LIKE '%"intake"%' OR roles LIKE '%"admin"%')) AS has_access,
    CASE WHEN of_case.taker IS NULL THEN ${IS_ANSWERED}
      ELSE of_case.began IS NOT NULL AND (${hasActIn(sql`of_case.began`, sql`of_case.rows`)}
        OR (of_case.case_id <> of_case.began
          AND ${hasActIn(sql`of_case.case_id`, MERGED_AT)})) END AS has_acted
  FROM of_case ORDER BY place`
