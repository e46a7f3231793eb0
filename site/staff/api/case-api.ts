// Lists the staff app's requests about one report, its case and its files, and about templates.
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
import { ArrivedChunks, StoredCase } from '#protocol/staff/stored-case'
import { type SeenParts } from '#protocol/staff/queue'
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import { TemplateList, type NewTemplate } from '#protocol/staff/templates'
import * as z from 'zod/mini'
import { ask, askBytes, nothing, sendBytes } from './client.ts'

const report = (id: string): string => `reports/${encodeURIComponent(id)}`

export const fetchCaseHead = (id: string): Promise<ChainHead> =>
  ask({ method: 'GET', path: `${report(id)}/head`, answer: ChainHead })

/**
 * Fetches a report with its case.
 *
 * @throws Refusal the codes of `ask`. `malformed` for a report other than the one that was asked
 *   for
 */
export async function fetchReport(id: string): Promise<StoredCase> {
  const stored = await ask({ method: 'GET', path: report(id), answer: StoredCase })
  if (stored.item.id !== id) throw new Refusal('malformed')
  return stored
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

export const postReply = (id: string, body: NewReply): Promise<unknown> =>
  ask({ method: 'POST', path: `${report(id)}/answers`, body, answer: z.unknown() })

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
): Promise<void> => sendBytes('PUT', `${report(id)}/files/${file}/${n}`, sealed, signal)

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

export const fetchTemplates = (): Promise<TemplateList> =>
  ask({ method: 'GET', path: 'templates', answer: TemplateList })

export const putTemplateText = (name: string, body: NewTemplate): Promise<null> =>
  ask({ method: 'PUT', path: `templates/${name}`, body, answer: nothing })
