// Seals drafts to the person's own key when the app locks, so that they are neither readable nor
// lost.
import * as z from 'zod/mini'
import { fromUtf8, utf8, type Bytes } from '#protocol/bytes'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { sealTo } from './seal-to.ts'

const Drafts = z.record(z.string(), z.string())
/** Sealed drafts, keyed by savedDraftKey. */
export type Drafts = Map<string, string>

/** The place of a draft in its case: the form, and the number of its record or task. */
export type DraftOf =
  | 'answer'
  | 'answer_files'
  | 'note'
  | 'task'
  | 'link'
  | 'handover'
  | 'handover_to'
  | 'handover_give'
  | 'danger'
  | 'person'
  | 'wish'
  | 'give'
  | 'attempt'
  | 'help'
  | 'referral'
  | `referral ${string}`
  | `help ${number}`
  | `help_end ${number}`
  | `record ${number}`
  | `classes ${number}`
  | `task_end ${number}`

export const savedDraftKey = (of: DraftOf, reportId: string): string => `${of} ${reportId}`

/** The key of the draft of a letter that a colleague writes down. */
export const ENTERED_LETTER = 'letter'
/** The key of the same draft once the letter is sealed, until its number has been read out. */
export const SEALED_LETTER = 'letter sealed'

/** Returns true when there are unsent words for the case. */
export const isUnsent = (drafts: Drafts, reportId: string): boolean =>
  [...drafts.keys()].some((key) => key.endsWith(` ${reportId}`))

const INFO = utf8('oasis/v1/drafts')
const NONE: Bytes = new Uint8Array(0)

export const sealDrafts = (ownPublic: Bytes, drafts: Drafts): Promise<Bytes> =>
  sealTo(ownPublic, INFO, utf8(JSON.stringify(Object.fromEntries(drafts))))

/** @throws Refusal `cannot_open` */
export const openDrafts = async (own: OpeningKey, sealed: Bytes): Promise<Drafts> =>
  new Map(
    Object.entries(Drafts.parse(JSON.parse(fromUtf8(await hpkeOpen(own, INFO, NONE, sealed))))),
  )
