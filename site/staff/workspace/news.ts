// Counts what came since something was loaded. It compares totals that only grow, so that no action
// of a colleague can hide an arrival.
import { type Arrivals, type Growth } from '#protocol/staff/cases'
import { type LoadedReport } from '../report/load-report.ts'

export const NEWS = ['reports', 'letters', 'answers', 'notes'] as const
export type News = Partial<Record<(typeof NEWS)[number], number>>

/** What came to the list since it was loaded; nothing before both are known. */
export const listNews = (now: Arrivals | undefined, loaded: Arrivals | undefined): News => ({
  reports: grownBy(now?.reports, loaded?.reports),
  letters: grownBy(now?.followUps, loaded?.followUps),
})

/**
 * Counts what came to the report that is read. `now` may be about another one and is ignored then.
 */
export function reportNews(
  now: Growth | null | undefined,
  { item, followUps, answers, revision }: LoadedReport,
): News {
  const grown = now?.id === item.id ? now : undefined
  return {
    letters: grownBy(grown?.followUps, followUps.length),
    answers: grownBy(grown?.answers, answers.length),
    notes: grownBy(grown?.revision, revision),
  }
}

const grownBy = (now: number | undefined, then: number | undefined): number =>
  now === undefined || then === undefined ? 0 : Math.max(0, now - then)
