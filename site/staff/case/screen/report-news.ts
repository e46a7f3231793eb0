// Counts the changes to the open report since the report was loaded. Status and assignee are not
// counters, so a new value for either counts as one change.
import type { Growth } from '#protocol/staff/list/counts'
import { grownBy, type News } from '../../session/news.ts'
import { type LoadedReport } from '../read/load-report.ts'

/**
 * Counts the changes to the report that a colleague is reading. Ignores `now` when it belongs to
 * another report. A status or assignee counts as newer only if the log is longer, because `now` may
 * be the older state.
 */
export function reportNews(
  now: Growth | null | undefined,
  { item, followUpsRead, answers, entries, records }: LoadedReport,
): News {
  const grown = now?.id === item.id ? now : undefined
  const newer = grown && grown.rows > item.rows ? grown : item
  return {
    letters: grownBy(grown?.followUps, followUpsRead),
    answers: grownBy(grown?.answers, answers.length),
    notes: grownBy(grown?.entries, entries.length),
    records: grownBy(
      grown?.revisions,
      records.reduce((sum, { revision }) => sum + revision, 0),
    ),
    status: Number(newer.status !== item.status),
    holder: Number(newer.assignee !== item.assignee),
  }
}
