// Lists the requests of the staff app about one report and its case, and about case keys in bulk.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import {
  type Assignment,
  type Merging,
  type NewRecord,
  type NewCaseKey,
  type NewEntry,
  type NewReply,
  type NewTaking,
  type SealedReading,
} from '#protocol/staff/case-bodies'
import { CaseKeyPage, LeftCases, UntakenPage, type Rewrapping } from '#protocol/staff/case-pages'
import { LinesPage, type SeenParts } from '#protocol/staff/queue'
import { OpenedReport } from '#protocol/staff/opened-report'
import { PublishedHybridKey } from '#protocol/staff/ledger-keys'
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import * as z from 'zod/mini'
import { ask, nothing, sendBytes } from './client.ts'

const report = (id: string): string => `reports/${encodeURIComponent(id)}`

export const fetchCaseHead = (id: string): Promise<ChainHead> =>
  ask({ method: 'GET', path: `${report(id)}/head`, answer: ChainHead })

/**
 * Fetches a report with its case.
 *
 * @throws Refusal as `ask` does. `malformed` for another report than the one that was asked for
 */
export async function fetchReport(id: string): Promise<OpenedReport> {
  const opened = await ask({ method: 'GET', path: report(id), answer: OpenedReport })
  if (opened.item.id !== id) throw new Refusal('malformed')
  return opened
}

export const postStatus = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/status`, body: change, answer: nothing })

export const postCaseKey = (id: string, body: NewCaseKey): Promise<unknown> =>
  ask({ method: 'POST', path: `${report(id)}/keys`, body, answer: z.unknown() })

export const postLetters = (id: string, body: NewTaking): Promise<null> =>
  ask({ method: 'POST', path: `${report(id)}/letters`, body, answer: nothing })

export const postEntry = (id: string, body: NewEntry): Promise<unknown> =>
  ask({ method: 'POST', path: `${report(id)}/entries`, body, answer: z.unknown() })

export const postReading = (id: string, body: SealedReading): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/reading`, body, answer: nothing })

/** Stores a letter that a colleague wrote down. @param envelope  base64url */
export const postEnteredLetter = (signed: SignedChange, envelope: string): Promise<unknown> =>
  ask({ method: 'POST', path: 'letters', body: { signed, envelope }, answer: z.unknown() })

/** Fetches the hybrid key of the epoch to which letters are sealed today. */
export const fetchHybridKey = (): Promise<PublishedHybridKey> =>
  ask({ method: 'GET', path: 'epochs/hybrid', answer: PublishedHybridKey })

export const postReply = (id: string, body: NewReply): Promise<unknown> =>
  ask({ method: 'POST', path: `${report(id)}/answers`, body, answer: z.unknown() })

export const putChunk = (
  id: string,
  file: string,
  n: number,
  sealed: Bytes,
  signal: AbortSignal,
): Promise<void> => sendBytes('PUT', `${report(id)}/files/${file}/${n}`, sealed, signal)

/** @param after  `next` of the page before, or null for the first page */
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

/** @param after  `next` of the page before, or null for the first page */
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

export const putRecord = (id: string, body: NewRecord): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/records`, body, answer: nothing })

export const putDanger = (id: string, body: NewEntry): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/danger`, body, answer: nothing })

export const putAssignee = (id: string, body: Assignment): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/assignee`, body, answer: nothing })

export const postMerging = (id: string, body: Merging): Promise<null> =>
  ask({ method: 'POST', path: `${report(id)}/merge`, body, answer: nothing })

export const putSeen = (id: string, body: SeenParts): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/seen`, body, answer: nothing })

/** @param after  `next` of the page before, or null for the first page */
export const fetchLines = (since: string, after: string | null): Promise<LinesPage> =>
  ask({
    method: 'GET',
    path: `lines?${new URLSearchParams({ since, ...(after !== null && { after }) })}`,
    answer: LinesPage,
  })

/** Fetches the cases of people who left. */
export const fetchLeftCases = (): Promise<LeftCases> =>
  ask({ method: 'GET', path: 'cases/left', answer: LeftCases })
