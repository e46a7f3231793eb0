// Counts the arrivals since a load. The count compares totals that only grow, so that no action of
// a colleague can hide an arrival.
import { type Arrivals, type Growth } from '#protocol/staff/cases'
import { type LoadedReport } from '../report/load-report.ts'

export const NEWS = ['reports', 'letters', 'answers', 'notes'] as const
export type News = Partial<Record<(typeof NEWS)[number], number>>

/** Counts the arrivals in the list since its load. Counts nothing before both totals are known. */
export const listNews = (now: Arrivals | undefined, loaded: Arrivals | undefined): News => ({
  reports: grownBy(now?.reports, loaded?.reports),
  letters: grownBy(now?.followUps, loaded?.followUps),
})

/**
 * Counts the arrivals in the report that a colleague reads. Ignores `now` about another report.
 */
export function reportNews(
  now: Growth | null | undefined,
  { item, followUpsRead, answers, entries }: LoadedReport,
): News {
  const grown = now?.id === item.id ? now : undefined
  return {
    letters: grownBy(grown?.followUps, followUpsRead),
    answers: grownBy(grown?.answers, answers.length),
    notes: grownBy(grown?.entries, entries.length),
  }
}

const grownBy = (now: number | undefined, then: number | undefined): number =>
  now === undefined || then === undefined ? 0 : Math.max(0, now - then)
