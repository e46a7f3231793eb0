// Defines the staff app's requests about one report, its case and its files, and about templates.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type SealedReading } from '#protocol/staff/case-log/bodies'
import { ArrivedChunks, StoredCase } from '#protocol/staff/case-log/stored-case'
import { type SeenBack, type SeenParts } from '#protocol/staff/list/queue'
import { ChainHead } from '#protocol/staff/chain'
import { TemplateList } from '#protocol/staff/templates'
import { ask, askBytes, nothing, sendBytes } from './client.ts'

const report = (id: string): string => `reports/${encodeURIComponent(id)}`

export const fetchCaseHead = (id: string): Promise<ChainHead> =>
  ask({ method: 'GET', path: `${report(id)}/head`, answer: ChainHead })

/**
 * Fetches a report together with its case.
 *
 * @throws Refusal the codes of `ask`. `malformed` for a report other than the requested one
 */
export async function fetchReport(id: string): Promise<StoredCase> {
  const stored = await ask({ method: 'GET', path: report(id), answer: StoredCase })
  if (stored.item.id !== id) throw new Refusal('malformed')
  return stored
}

export const postReading = (id: string, body: SealedReading): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/reading`, body, answer: nothing })

export const putWriting = (id: string): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/writing`, body: {}, answer: nothing })

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

export const putSeen = (id: string, body: SeenParts): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/seen`, body, answer: nothing })

export const putSeenBack = (id: string, body: SeenBack): Promise<null> =>
  ask({ method: 'PUT', path: `${report(id)}/seen/back`, body, answer: nothing })

export const fetchTemplates = (): Promise<TemplateList> =>
  ask({ method: 'GET', path: 'templates', answer: TemplateList })
