// What the staff app can ask of the edge, one line each.
import { type Bytes } from '#protocol/bytes'
import {
  ArrivedChunks,
  AuditHead,
  Challenge,
  Counts,
  InvitationOpened,
  Me,
  OpenedReport,
  Queue,
  type Join,
  type SignedChange,
} from '#protocol/staff'
import { Refusal } from '#protocol/errors'
import * as z from 'zod/mini'
import { ask, askBytes, nothing, sendBytes } from './client.ts'

const report = (id: string): string => `reports/${encodeURIComponent(id)}`

export const signInOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'sign-in/options', body: {}, answer: Challenge })

export const signIn = (challengeId: string, response: Record<string, unknown>): Promise<Me> =>
  ask({ method: 'POST', path: 'sign-in', body: { challengeId, response }, answer: Me })

/** Long enough for a slow phone network, short enough to wait for before leaving the desk. */
const SIGN_OUT_MS = 8000

/** @returns false when the session may still stand: the server could not be reached, or did not end it */
export async function endSession(timeoutMs = SIGN_OUT_MS): Promise<boolean> {
  try {
    await ask({ method: 'POST', path: 'sign-out', body: {}, answer: nothing, timeoutMs })
    return true
  } catch (thrown) {
    return thrown instanceof Refusal && thrown.code === 'signed_out'
  }
}

export const fetchMe = (): Promise<Me> => ask({ method: 'GET', path: 'me', answer: Me })

export const openInvitation = (token: string): Promise<InvitationOpened> =>
  ask({ method: 'POST', path: 'invitations/open', body: { token }, answer: InvitationOpened })

export const acceptInvitation = (join: Join): Promise<Me> =>
  ask({ method: 'POST', path: 'invitations/accept', body: join, answer: Me })

export const fetchAuditHead = (): Promise<AuditHead> =>
  ask({ method: 'GET', path: 'audit/head', answer: AuditHead })

export const createInvitation = (change: SignedChange): Promise<unknown> =>
  ask({ method: 'POST', path: 'invitations', body: change, answer: z.unknown() })

export const fetchCounts = (): Promise<Counts> =>
  ask({ method: 'GET', path: 'counts', answer: Counts })

export const fetchQueue = (after: string | null): Promise<Queue> =>
  ask({
    method: 'GET',
    path: after === null ? 'reports' : `reports?after=${encodeURIComponent(after)}`,
    answer: Queue,
  })

export const fetchReport = (id: string): Promise<OpenedReport> =>
  ask({ method: 'GET', path: report(id), answer: OpenedReport })

export const setStatus = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/status`, body: change, answer: nothing })

export const saveCase = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/case`, body: change, answer: nothing })

export const sendAnswer = (id: string, change: SignedChange): Promise<unknown> =>
  ask({ method: 'POST', path: `${report(id)}/answers`, body: change, answer: z.unknown() })

export const fetchArrived = (file: string): Promise<ArrivedChunks> =>
  ask({ method: 'GET', path: `files/${file}`, answer: ArrivedChunks })

export const fetchChunk = (file: string, n: number, signal: AbortSignal): Promise<Bytes> =>
  askBytes(`files/${file}/${n}`, signal)

export const putChunk = (
  id: string,
  file: string,
  n: number,
  sealed: Bytes,
  signal: AbortSignal,
): Promise<void> => sendBytes(`${report(id)}/files/${file}/${n}`, sealed, signal)
