// Defines the staff app's requests about epochs, keepers, team keys and case keys.
import { CaseKeyPage, UntakenPage, type Rewrapping } from '#protocol/staff/list/case-pages'
import { PublishedHybridKey } from '#protocol/staff/ledger/keys'
import { ask, nothing } from './client.ts'

/** Fetches the hybrid key of the epoch whose keys seal letters today. */
export const fetchHybridKey = (): Promise<PublishedHybridKey> =>
  ask({ method: 'GET', path: 'epochs/hybrid', answer: PublishedHybridKey })

/** @param after  `next` of the previous page, or null for the first page */
export const fetchUntaken = (
  epochs: readonly number[],
  after: string | null,
): Promise<UntakenPage> =>
  ask({
    method: 'GET',
    path: `letters/untaken?${new URLSearchParams({
      epochs: epochs.join(),
      ...(after !== null && { after }),
    })}`,
    answer: UntakenPage,
  })

/** @param after  `next` of the previous page, or null for the first page */
export const fetchCaseKeys = (generation: number, after: string | null): Promise<CaseKeyPage> =>
  ask({
    method: 'GET',
    path: `case-keys?${new URLSearchParams({
      generation: String(generation),
      ...(after !== null && { after }),
    })}`,
    answer: CaseKeyPage,
  })

export const postRewrapping = (body: Rewrapping): Promise<null> =>
  ask({ method: 'POST', path: 'case-keys/rewrap', body, answer: nothing })
