import { countsIn, type CaseCounts, type KeptCounts } from '#site/staff/search/kept-counts.ts'

/** The index keeps this of a report without letters that open. */
export const NO_COUNTS: KeptCounts = {
  ...{ letters: [], replyMinutes: null, waits: false, people: [], accused: [] },
}

/** The index has this of a case without letters that open. */
export const NO_CASE_COUNTS: CaseCounts = countsIn([])
