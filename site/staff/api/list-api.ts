// Defines the staff app's requests about the list: its lines, counts, saved views, and actions on
// many cases.
import {
  CaseHeads,
  CaseOutcomes,
  type CaseChanges,
  type CaseHeadsOf,
} from '#protocol/staff/list/bulk'
import { Counts } from '#protocol/staff/list/counts'
import { LinesPage, Queue } from '#protocol/staff/list/queue'
import { StoredViews, type NewViews } from '#protocol/staff/list/views'
import { ask, nothing } from './client.ts'

/** Fetches the counts. @param reading  id of the report that is being read, or null */
export const fetchCounts = (reading: string | null): Promise<Counts> =>
  ask({
    method: 'GET',
    path: reading === null ? 'counts' : `counts?report=${encodeURIComponent(reading)}`,
    answer: Counts,
  })

/** Fetches a short first page of the list, so that the first lines are shown soon. */
export const fetchQueue = (): Promise<Queue> =>
  ask({ method: 'GET', path: 'reports', answer: Queue })

/** Fetches a long page of the list. @param after  `next` of the previous page */
export const fetchLongPage = (after: string): Promise<Queue> =>
  ask({ method: 'GET', path: `reports?${new URLSearchParams({ all: '1', after })}`, answer: Queue })

/** @param after  `next` of the previous page, or null for the first page */
export const fetchLines = (since: string, after: string | null): Promise<LinesPage> =>
  ask({
    method: 'GET',
    path: `lines?${new URLSearchParams({ since, ...(after !== null && { after }) })}`,
    answer: LinesPage,
  })

export const fetchViews = (): Promise<StoredViews> =>
  ask({ method: 'GET', path: 'me/views', answer: StoredViews })

export const putViews = (body: NewViews): Promise<null> =>
  ask({ method: 'PUT', path: 'me/views', body, answer: nothing })

export const postCaseHeads = (body: CaseHeadsOf): Promise<CaseHeads> =>
  ask({ method: 'POST', path: 'cases/heads', body, answer: CaseHeads })

export const postCaseChanges = (body: CaseChanges): Promise<CaseOutcomes> =>
  ask({ method: 'POST', path: 'cases/changes', body, answer: CaseOutcomes })
