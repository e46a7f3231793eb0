// Defines the schemas for a person's own slots and sessions, and for proofs of presence.
import * as z from 'zod/mini'
import { HASH_BYTES } from '../../limits.ts'
import { b64Of, b64UpTo, day, id } from '../fields.ts'
import { SignedChange } from '../chain.ts'
import { PersonKeys } from './sealed-keys.ts'
import { SignIn } from './sign-in.ts'

/**
 * A way to unlock the master key (32 bytes), which is sealed with AES-256-GCM under the slot's key.
 */
export const Slot = z.object({
  id,
  kind: z.enum(['prf', 'passphrase']),
  /** the passkey whose PRF opens the slot; null for a passphrase */
  credentialId: z.nullable(b64UpTo(1023)),
  salt: b64Of(16),
  /** KiB of memory for Argon2id; 0 for a passkey. The app refuses less than ARGON2_FLOOR. */
  memoryKib: z.int(),
  /** number of passes of Argon2id; 0 for a passkey */
  passes: z.int(),
  /** nonce (12) ‖ master key (32) ‖ tag (16) */
  sealedMaster: b64Of(12 + 32 + 16),
})
export type Slot = z.infer<typeof Slot>

/** A slot as its owner sees it. */
export const OwnSlot = z.extend(Slot, {
  /** the owner's label for the slot; empty if there is none */
  name: z.string(),
  addedDay: day,
  /** the last day on which the owner signed in or proved presence with this slot */
  triedDay: day,
})
export type OwnSlot = z.infer<typeof OwnSlot>

/** A new slot. A paper slot can also be used to sign in. */
export const NewSlot = z.extend(Slot, {
  /** SHA-256 of the proof that a paper sign-in presents; null for a passkey */
  paper: z.nullable(z.object({ lookupHash: b64Of(HASH_BYTES), proofHash: b64Of(HASH_BYTES) })),
})
export type NewSlot = z.infer<typeof NewSlot>

/** The slots for new keys: at least two, and the edge requires one of them to be paper. */
export const twoSlots = z.array(NewSlot).check(z.minLength(2), z.maxLength(4))

/** Maximum number of slots for one person. */
export const MAX_OWN_SLOTS = 8

/** Number of days after which a person is asked to test a sheet. */
export const PAPER_TRY_DAYS = 90

/** Lifetime of a proof of presence, in minutes. */
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
 * New keys for the signed-in person, because somebody else may have the old keys. The device has
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
  /** random; neither the token nor its hash */
  id,
  beganBy: z.enum(['passkey', 'paper']),
  /** milliseconds since 1970 */
  beganAt: z.int(),
  isThis: z.boolean(),
})
export type OwnSession = z.infer<typeof OwnSession>

/** The signed-in person's open sessions, slots, and passkeys without PRF. */
export const OwnKeys = z.object({
  slots: z.array(OwnSlot),
  /** ids of passkeys without PRF: such a passkey is enough for signing in, but opens nothing */
  signInOnly: z.array(b64UpTo(1023)),
  /** newest first */
  sessions: z.array(OwnSession),
})
export type OwnKeys = z.infer<typeof OwnKeys>
