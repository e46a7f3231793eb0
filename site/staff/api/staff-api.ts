// Lists every request of the staff app to the edge, one function each.
import { type Bytes } from '#protocol/bytes'
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import { ArrivedChunks } from '#protocol/staff/opened-report'
import { Counts } from '#protocol/staff/counts'
import { Queue } from '#protocol/staff/queue'
import { Discards, DiscardPreview, type DiscardPredicate } from '#protocol/staff/discard'
import { LedgerPage } from '#protocol/staff/ledger'
import { Challenge, type PaperSignIn } from '#protocol/staff/sign-in'
import {
  InvitationOpened,
  Me,
  People,
  type Certificate,
  type Confirmation,
  type Join,
} from '#protocol/staff/people'
import type { EpochOpening, TeamOpening } from '#protocol/staff/sealed-keys'
import { TemplateList, type NewTemplate } from '#protocol/staff/templates'
import { WaitingPage, type TakeIn } from '#protocol/staff/waiting'
import { Refusal } from '#protocol/errors'
import * as z from 'zod/mini'
import { ask, askBytes, nothing, sendBytes } from './client.ts'

export const fetchSignInOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'sign-in/options', body: {}, answer: Challenge })

export const postSignIn = (challengeId: string, response: Record<string, unknown>): Promise<Me> =>
  ask({ method: 'POST', path: 'sign-in', body: { challengeId, response }, answer: Me })

export const postPaperSignIn = (body: PaperSignIn): Promise<Me> =>
  ask({ method: 'POST', path: 'sign-in/paper', body, answer: Me })

/**
 * The longest wait for signing out: a slow network needs this time, and a leaving person can wait.
 */
const SIGN_OUT_MS = 8000

/** Signs out. @returns false when the session may still be open, because the request failed */
export async function postSignOut(timeoutMs = SIGN_OUT_MS): Promise<boolean> {
  try {
    await ask({ method: 'POST', path: 'sign-out', body: {}, answer: nothing, timeoutMs })
    return true
  } catch (thrown) {
    return thrown instanceof Refusal && thrown.code === 'signed_out'
  }
}

export const fetchMe = (): Promise<Me> => ask({ method: 'GET', path: 'me', answer: Me })

export const fetchInvitation = (token: string): Promise<InvitationOpened> =>
  ask({ method: 'POST', path: 'invitations/open', body: { token }, answer: InvitationOpened })

export const postJoin = (join: Join): Promise<Me> =>
  ask({ method: 'POST', path: 'invitations/accept', body: join, answer: Me })

export const fetchLedgerHead = (): Promise<ChainHead> =>
  ask({ method: 'GET', path: 'ledger/head', answer: ChainHead })

export const postRestart = (change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: 'ledger/restart', body: change, answer: nothing })

/** Fetches a page of leaves. @param after  id of the last known case; empty for none */
export const fetchCaseHeads = (after: string): Promise<Bytes> =>
  askBytes(`case-heads?after=${after}`)

export const postCheckpoint = (upload: Bytes): Promise<void> =>
  sendBytes('POST', 'checkpoints', upload)

/** Fetches a stored checkpoint. @param row  number of its row in the ledger */
export const fetchCheckpoint = (row: number): Promise<Bytes> => askBytes(`checkpoints/${row}`)

export const fetchBucket = (row: number, bucket: number): Promise<Bytes> =>
  askBytes(`checkpoints/${row}/${bucket}`)

/** @param after  the number of the last row that is here already */
export const fetchLedgerPage = (after: number): Promise<LedgerPage> =>
  ask({ method: 'GET', path: `ledger?after=${after}`, answer: LedgerPage })

export const fetchPeople = (): Promise<People> =>
  ask({ method: 'GET', path: 'people', answer: People })

export const postInvitation = (change: SignedChange): Promise<unknown> =>
  ask({ method: 'POST', path: 'invitations', body: change, answer: z.unknown() })

export const postInvitationEnd = (tokenHash: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `invitations/${tokenHash}/withdraw`, body: change, answer: nothing })

export const postConfirmation = (id: string, confirmation: Confirmation): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/confirm`, body: confirmation, answer: nothing })

export const postRemoval = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/remove`, body: change, answer: nothing })

export const postRefusal = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/refuse`, body: change, answer: nothing })

export const postEpoch = (opening: EpochOpening): Promise<unknown> =>
  ask({ method: 'POST', path: 'epochs', body: opening, answer: z.unknown() })

export const postEpochRetirement = (epoch: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `epochs/${epoch}/retire`, body: change, answer: nothing })

export const postEpochEnd = (epoch: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `epochs/${epoch}/end`, body: change, answer: nothing })

export const postTeamEnd = (generation: number, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `teams/${generation}/end`, body: change, answer: nothing })

export const postLostKeys = (generation: number, change: SignedChange): Promise<null> =>
  ask({
    method: 'POST',
    path: `teams/${generation}/lost-keys`,
    body: change,
    answer: nothing,
  })

export const postTeam = (opening: TeamOpening): Promise<unknown> =>
  ask({ method: 'POST', path: 'teams', body: opening, answer: z.unknown() })

export const postCertificate = (certificate: Certificate): Promise<null> =>
  ask({ method: 'POST', path: 'me/certificate', body: certificate, answer: nothing })

export const postKeeper = (signed: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: 'me/keeper', body: signed, answer: nothing })

/** Fetches the counts. @param reading  id of the report that is read, or null */
export const fetchCounts = (reading: string | null): Promise<Counts> =>
  ask({
    method: 'GET',
    path: reading === null ? 'counts' : `counts?report=${encodeURIComponent(reading)}`,
    answer: Counts,
  })

/** Fetches the first page of the list, short, so that the first lines come soon. */
export const fetchQueue = (): Promise<Queue> =>
  ask({ method: 'GET', path: 'reports', answer: Queue })

/** Fetches a long page of the list. @param after  `next` of the page before */
export const fetchLongPage = (after: string): Promise<Queue> =>
  ask({ method: 'GET', path: `reports?${new URLSearchParams({ all: '1', after })}`, answer: Queue })

export const fetchArrived = (file: string): Promise<ArrivedChunks> =>
  ask({ method: 'GET', path: `files/${file}`, answer: ArrivedChunks })

export const fetchChunk = (file: string, n: number, signal: AbortSignal): Promise<Bytes> =>
  askBytes(`files/${file}/${n}`, signal)

export const fetchWaiting = (partition: string, after: string | null): Promise<WaitingPage> =>
  ask({
    method: 'GET',
    path: `waiting?${new URLSearchParams({ partition, ...(after !== null && { after }) })}`,
    answer: WaitingPage,
  })

export const postTakeIn = (body: TakeIn): Promise<null> =>
  ask({ method: 'POST', path: 'waiting/take-in', body, answer: nothing })

export const fetchDiscards = (): Promise<Discards> =>
  ask({ method: 'GET', path: 'discards', answer: Discards })

export const postPreview = (predicate: DiscardPredicate): Promise<DiscardPreview> =>
  ask({ method: 'POST', path: 'discards/preview', body: predicate, answer: DiscardPreview })

export const postDiscard = (id: string, change: SignedChange): Promise<unknown> =>
  ask({ method: 'POST', path: `discards/${id}`, body: change, answer: z.unknown() })

export const postWithdrawal = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `discards/${id}/withdraw`, body: change, answer: nothing })

export const fetchTemplates = (): Promise<TemplateList> =>
  ask({ method: 'GET', path: 'templates', answer: TemplateList })

export const putTemplateText = (name: string, body: NewTemplate): Promise<null> =>
  ask({ method: 'PUT', path: `templates/${name}`, body, answer: nothing })
