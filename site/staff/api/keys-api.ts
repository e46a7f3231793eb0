// Lists the staff app's requests about epochs, keepers and team keys, and about case keys.
import { CaseKeyPage, UntakenPage, type Rewrapping } from '#protocol/staff/case-pages'
import { type SignedChange } from '#protocol/staff/chain'
import { PublishedHybridKey } from '#protocol/staff/ledger-keys'
import { type EpochOpening, type TeamOpening } from '#protocol/staff/sealed-keys'
import * as z from 'zod/mini'
import { ask, nothing } from './client.ts'

export const postEpoch = (opening: EpochOpening): Promise<unknown> =>
  ask({ method: 'POST', path: 'epochs', body: opening, answer: z.unknown() })

export const postEpochRetirement = (epoch: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `epochs/${epoch}/retire`, body: change, answer: nothing })

export const postEpochEnd = (epoch: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `epochs/${epoch}/end`, body: change, answer: nothing })

/** Fetches the current epoch's hybrid key, to which letters are sealed. */
export const fetchHybridKey = (): Promise<PublishedHybridKey> =>
  ask({ method: 'GET', path: 'epochs/hybrid', answer: PublishedHybridKey })

export const postKeeper = (signed: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: 'me/keeper', body: signed, answer: nothing })

export const postTeam = (opening: TeamOpening): Promise<unknown> =>
  ask({ method: 'POST', path: 'teams', body: opening, answer: z.unknown() })

export const postTeamEnd = (generation: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `teams/${generation}/end`, body: change, answer: nothing })

export const postLostKeys = (generation: number, change: SignedChange): Promise<null> =>
  ask({
    method: 'POST',
    path: `teams/${generation}/lost-keys`,
    body: change,
    answer: nothing,
  })

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
