// Lists the requests of the staff app about the list: saved views, and acts on many cases.
import { CaseHeads, CaseOutcomes, type CaseChanges, type CaseHeadsOf } from '#protocol/staff/bulk'
import { StoredViews, type NewViews } from '#protocol/staff/views'
import { ask, nothing } from './client.ts'

export const fetchViews = (): Promise<StoredViews> =>
  ask({ method: 'GET', path: 'me/views', answer: StoredViews })

export const putViews = (body: NewViews): Promise<null> =>
  ask({ method: 'PUT', path: 'me/views', body, answer: nothing })

export const postCaseHeads = (body: CaseHeadsOf): Promise<CaseHeads> =>
  ask({ method: 'POST', path: 'cases/heads', body, answer: CaseHeads })

export const postCaseChanges = (body: CaseChanges): Promise<CaseOutcomes> =>
  ask({ method: 'POST', path: 'cases/changes', body, answer: CaseOutcomes })
