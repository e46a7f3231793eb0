// Holds the fields of a receiver while a colleague fills them in. Nothing is lost when the app
// locks or an action is refused.
import * as z from 'zod/mini'
import { randomBytes, toB64 } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { type Drafts } from '../crypto/drafts.ts'
import { type Receiver } from '../crypto/receiver.ts'
import { type ListedReceiver } from '../ledger/receivers.ts'
import { useDraftOf } from '../session/use-draft-of.ts'

const ReceiverDraft = z.object({
  id: z.string(),
  /** the hash of the record that was read; null for a new receiver */
  base: z.nullable(z.string()),
  ...{ name: z.string(), kind: ReceiverKind, place: z.string(), contact: z.string() },
})
export type ReceiverDraft = z.infer<typeof ReceiverDraft>

export const newDraft = (): ReceiverDraft => ({
  id: toB64(randomBytes(ID_BYTES)),
  base: null,
  ...({ name: '', kind: 'organisation', place: '', contact: '' } as const),
})

export const draftFrom = ({ id, recordHash, record }: ListedReceiver): ReceiverDraft => ({
  ...newDraft(),
  ...record,
  id,
  base: recordHash,
})

export const recordFrom = ({ name, kind, place, contact }: ReceiverDraft): Receiver => ({
  v: 1,
  name: name.trim(),
  kind,
  place: place.trim(),
  contact: contact.trim(),
})

const PREFIX = 'receiver '
const NEW = 'new'

/** Returns true when there are unsaved words about a receiver. */
export const hasReceiverDraft = (drafts: Drafts): boolean =>
  [...drafts.keys()].some((key) => key.startsWith(PREFIX))

/** Lists the ids of the receivers that have a draft, except the new receiver. */
export const draftedReceivers = (drafts: Drafts): string[] =>
  [...drafts.keys()]
    .filter((key) => key.startsWith(PREFIX) && key !== PREFIX + NEW)
    .map((key) => key.slice(PREFIX.length))

/** @param of  the id of a receiver, or `new` */
export const useReceiverDraft = (of: string) => useDraftOf(ReceiverDraft, PREFIX + of)
