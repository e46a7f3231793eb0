import { countsIn, type CaseCounts, type KeptCounts } from '#site/staff/search/kept-counts.ts'

/** The index stores these values for a report without letters that can be opened. */
export const NO_COUNTS: KeptCounts = {
  ...{ letters: [], replyMinutes: null, waits: false, people: [], accused: [] },
}

/** The index contains these values for a case without letters that can be opened. */
export const NO_CASE_COUNTS: CaseCounts = countsIn([])
