// Words that were not sent yet. When the app locks they are sealed to the person's own key, so that nothing readable stays and
// nothing is lost.
import * as z from 'zod/mini'
import { fromUtf8, utf8, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/hpke-sender'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'

const Drafts = z.record(z.string(), z.string())
/** By draftKey. */
export type Drafts = Map<string, string>

export const draftKey = (of: 'answer' | 'note', reportId: string): string => `${of} ${reportId}`

/** True when an answer or a note for the report waits. */
export const isUnsent = (drafts: Drafts, reportId: string): boolean =>
  drafts.has(draftKey('answer', reportId)) || drafts.has(draftKey('note', reportId))

const INFO = utf8('oasis/v1/drafts')
const NONE: Bytes = new Uint8Array(0)

export const sealDrafts = (ownPublic: Bytes, drafts: Drafts): Promise<Bytes> =>
  hpkeSeal(ownPublic, INFO, NONE, utf8(JSON.stringify(Object.fromEntries(drafts))))

/** @throws Refusal `cannot_open` */
export const openDrafts = async (own: OpeningKey, sealed: Bytes): Promise<Drafts> =>
  new Map(
    Object.entries(Drafts.parse(JSON.parse(fromUtf8(await hpkeOpen(own, INFO, NONE, sealed))))),
  )
