// Selects the newest key of a case, and the key that the case uses for new letters and entries. A
// colleague who has left, or who no longer has the case, may have an older key.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { isWithoutColleague } from './left-cases.ts'

/** Selects the number of the newest key of a case; 0 if there is none. */
export const newestKeyNo = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(key_no) FROM case_keys WHERE case_id = ${caseId}), 0)`

/**
 * Selects the number of the key that a case uses for new letters and entries. Only the newest key
 * may be used, and only if it was made under the newest team key. Otherwise the number is 0. A
 * former colleague may have an older key, and a browser unaware of the departure would still use
 * it. The same applies to a key made before a caseworker last lost the case. While a person who
 * left, or a caseworker with new keys, still has the case, no key is in use. Re-wrapping changes
 * the generation in the table, so the original generation is read from the log.
 */
export const keyNoInUse = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(json_extract(change, '$.keyNo')) FROM case_log
    WHERE case_id = ${caseId} AND json_extract(statement, '$.action') = 'key.make'
      AND json_extract(change, '$.generation') = (SELECT max(generation) FROM teams)
      AND n > ${lastWithdrawal(caseId)}
      AND NOT EXISTS
        (SELECT 1 FROM reports WHERE id = ${caseId} AND ${isWithoutColleague()})), 0)`

/** Selects the number of the last row that took the case from a caseworker, or 0. */
const lastWithdrawal = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(n) FROM case_log AS taken
    WHERE case_id = ${caseId}
      AND json_extract(statement, '$.action') IN ('case.assign', 'case.return')
      AND (SELECT json_extract(given.change, '$.isGranted') FROM case_log AS given
        WHERE given.case_id = ${caseId} AND given.n < taken.n
          AND json_extract(given.statement, '$.action') IN ('case.assign', 'case.return')
        ORDER BY given.n DESC LIMIT 1)), 0)`
