// Fetches a case whose log is valid and contains every row that this browser has seen.
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '../../api/case-api.ts'
import { retryOn } from '../../api/retry-on.ts'
import { requireLog, type LogJudge } from '../read/require-log.ts'

export interface JudgedCase {
  stored: StoredCase
  log: CaseLog
}

/**
 * Fetches the case again if this browser stored a row in its log during the fetch.
 *
 * @throws Refusal the codes of requireLog
 */
export const fetchJudged = (by: LogJudge, id: string): Promise<JudgedCase> =>
  retryOn(['log_older'], async () => {
    const stored = await fetchReport(id)
    return { stored, log: await requireLog(by, stored) }
  })
