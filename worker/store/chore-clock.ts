// Records each run of the clock. A jump of more than a day since the last run puts the clock in
// doubt for an hour. Otherwise, a wrong time would cause rows to be deleted that are not old.
import { sql, type SQL } from 'drizzle-orm'
import { DAY_MS } from '#protocol/limits'

const DOUBT_MS = 3_600_000

/**
 * Records a run, and returns one row: `is_sure` is 1, or 0 while the clock is in doubt. A backward
 * jump has the same effect as a forward jump. The very first run has no earlier run to compare
 * with.
 *
 * @param now  milliseconds since 1970
 */
export const noteRun = (now: number): SQL =>
  sql`INSERT INTO chore_clock (name, ran_at, doubted_until) VALUES ('clock', ${now}, ${now})
    ON CONFLICT (name) DO UPDATE SET
      doubted_until = CASE WHEN abs(${now} - ran_at) > ${DAY_MS}
        THEN ${now + DOUBT_MS} ELSE doubted_until END,
      ran_at = ${now}
    RETURNING doubted_until <= ${now} AS is_sure`

/** True in a batch after noteRun, unless the clock is in doubt. */
export const isClockSure = (now: number): SQL =>
  sql`(SELECT doubted_until FROM chore_clock) <= ${now}`
