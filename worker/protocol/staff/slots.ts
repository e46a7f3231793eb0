// Holds the schemas for a person's own slots and sessions, and for proofs of presence.
import * as z from 'zod/mini'
import { b64UpTo, id } from './fields.ts'
import { SignedChange } from './chain.ts'
import { NewSlot, OwnSlot, PersonKeys, SignIn, twoSlots } from './people.ts'

/** The most slots of one person. */
export const MAX_OWN_SLOTS = 8

/** Days after which a person is asked to try a sheet. */
export const PAPER_TRY_DAYS = 90

/** Minutes for which a proof of presence counts. */
export const PROOF_MINUTES = 5

const slotName = z.string().check(z.trim(), z.maxLength(60))

/** A new slot for the signed-in person, whose device has tested the slot. */
export const AddedSlot = z.object({
  name: slotName,
  slot: NewSlot,
  /** the registration of a new passkey; null for a sheet */
  passkey: z.nullable(SignIn),
})
export type AddedSlot = z.infer<typeof AddedSlot>

/**
 * New keys of the signed-in person, because somebody else may have the old ones. The device has
 * tested the slots, and the old signing key signs the row.
 */
export const ReplacedKeys = z.object({
  /** the registration of a new passkey */
  passkey: SignIn,
  keys: PersonKeys,
  slots: twoSlots,
  /** a PersonRekey */
  signed: SignedChange,
})
export type ReplacedKeys = z.infer<typeof ReplacedKeys>

export const SlotName = z.object({ name: slotName })

/** A session of the signed-in person. */
export const OwnSession = z.object({
  /** random, and not the token or its hash */
  id,
  beganBy: z.enum(['passkey', 'paper']),
  /** milliseconds since 1970 */
  beganAt: z.int(),
  isThis: z.boolean(),
})
export type OwnSession = z.infer<typeof OwnSession>

/** The ways of the signed-in person into the account, and the open sessions. */
export const OwnKeys = z.object({
  slots: z.array(OwnSlot),
  /** ids of passkeys without PRF: they sign in and open nothing */
  signInOnly: z.array(b64UpTo(1023)),
  /** the newest first */
  sessions: z.array(OwnSession),
})
export type OwnKeys = z.infer<typeof OwnKeys>
