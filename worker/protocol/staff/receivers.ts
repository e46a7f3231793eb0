// Defines the schemas of receivers, the organisations and authorities to which cases are referred.
// The ledger keeps a salted hash of each record forever. The record itself is sealed under the team
// key. A reader can delete the record, because it may identify a safe house.
import * as z from 'zod/mini'
import { HASH_BYTES, TAG_BYTES } from '../limits.ts'
import { SignedChange } from './chain.ts'
import { b64Of, id } from './fields.ts'

/** `receiver.set`: see receiverHash; null deletes the record. */
export const ReceiverSet = z.object({ receiver: id, recordHash: z.nullable(b64Of(HASH_BYTES)) })
export type ReceiverSet = z.infer<typeof ReceiverSet>

/** A receiver in the ledger. */
export interface RosterReceiver {
  /** see receiverHash; null once the record has been deleted */
  recordHash: string | null
  /** id of the person who last set the record; after that reader leaves, the record is in doubt */
  setBy: string
  /**
   * the hashes of this record and of the earlier records; referrals may refer to any of these
   * hashes
   */
  hashes: ReadonlySet<string>
}

/**
 * Length to which a record and its salt are padded before sealing, so that the length reveals
 * nothing.
 */
export const RECEIVER_BYTES = 2048
/** Sealed under the team key: nonce (12) ‖ ciphertext ‖ tag. */
const sealed = b64Of(12 + RECEIVER_BYTES + TAG_BYTES)
const generation = z.int().check(z.gte(1))

/** A record sealed under a generation of the team key. */
export const SealedReceiver = z.object({ generation, sealed })
export type SealedReceiver = z.infer<typeof SealedReceiver>

/** The body of `receiver.set`. */
export const NewReceiver = z.object({ signed: SignedChange, record: z.nullable(SealedReceiver) })
export type NewReceiver = z.infer<typeof NewReceiver>

/** Maximum number of receivers, all of which are listed in one response. */
export const MAX_RECEIVERS = 500

/** The stored records of all receivers. */
export const ReceiverList = z.object({
  receivers: z.array(z.extend(SealedReceiver, { id })),
})
export type ReceiverList = z.infer<typeof ReceiverList>
