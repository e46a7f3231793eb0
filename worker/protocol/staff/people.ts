// Holds the schemas of the staff API for people: roles, keys, signing in, invitations, joining.
// Staff app and edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { HASH_BYTES, HYBRID_KEY_BYTES, ID_BYTES, TOKEN_BYTES } from '../limits.ts'
import { MANIFEST_BYTES } from '../keys/manifest.ts'
import { SignedChange } from './chain.ts'
import { b64Of, b64UpTo, day, id, point, Role, roles, sealingKey } from './fields.ts'

/** Hours until a session ends. */
export const SESSION_HOURS = 8

/**
 * The input of a passkey's PRF is SHA-256 of this label. The input is the same for everybody,
 * because the app asks before it knows who signs in.
 */
export const PRF_LABEL = 'oasis/v1/prf'

/** The most readers for whom one request brings copies: D1 takes 50 queries in a request. */
const MAX_READERS = 40

/** Accepts any object, because @simplewebauthn checks its content itself. */
const webauthn = z.record(z.string(), z.unknown())

/** The private keys of an epoch (writeEpochKeys), sealed by HPKE: enc (1,120) ‖ ciphertext. */
const sealedEpochKeys = b64UpTo(1536)
export const SealedIntake = z.object({ epoch: z.int(), sealed: sealedEpochKeys })
export type SealedIntake = z.infer<typeof SealedIntake>

/** A generation of the team key (TEAM_KEY_BYTES), sealed by HPKE: enc ‖ ciphertext. */
const sealedTeamKey = b64UpTo(1200)
export const SealedTeam = z.object({ generation: z.int(), sealed: sealedTeamKey })
export type SealedTeam = z.infer<typeof SealedTeam>

/** A way to unlock the master key (32 bytes), which AES-256-GCM seals under the slot's key. */
export const Slot = z.object({
  id,
  kind: z.enum(['prf', 'passphrase']),
  /** the passkey whose PRF opens the slot; null for a passphrase */
  credentialId: z.nullable(b64UpTo(1023)),
  salt: b64Of(16),
  /** KiB of memory of Argon2id; 0 for a passkey. The app refuses less than ARGON2_FLOOR. */
  memoryKib: z.int(),
  /** passes of Argon2id; 0 for a passkey */
  passes: z.int(),
  /** nonce (12) ‖ master key (32) ‖ tag (16) */
  sealedMaster: b64Of(12 + 32 + 16),
})
export type Slot = z.infer<typeof Slot>

/** A slot as its owner sees it. */
export const OwnSlot = z.extend(Slot, {
  /** the owner's name for the slot; empty for none */
  name: z.string(),
  addedDay: day,
  /** the last day on which the owner signed in or proved presence by the slot */
  triedDay: day,
})
export type OwnSlot = z.infer<typeof OwnSlot>

/** A new slot. A slot of paper also signs in. */
export const NewSlot = z.extend(Slot, {
  /** SHA-256 of what a sign-in by paper shows; null for a passkey */
  paper: z.nullable(z.object({ lookupHash: b64Of(HASH_BYTES), proofHash: b64Of(HASH_BYTES) })),
})
export type NewSlot = z.infer<typeof NewSlot>

/** The slots of new keys: at least two, of which the edge requires one of paper. */
export const twoSlots = z.array(NewSlot).check(z.minLength(2), z.maxLength(4))

/** A sign-in by paper: both come from the printed secret, the proof also from the passphrase. */
export const PaperSignIn = z.object({ lookup: b64Of(16), proof: b64Of(32) })
export type PaperSignIn = z.infer<typeof PaperSignIn>

/** Tries a day at one slot of paper. */
export const PAPER_TRIES = 20

/** A person's own keys as the server stores them; the master key seals the private halves. */
export const PersonKeys = z.object({
  hpkePublic: sealingKey,
  signPublic: point,
  sealedPrivate: b64UpTo(3072),
})
export type PersonKeys = z.infer<typeof PersonKeys>

/** The signed-in person. */
export const Me = z.object({
  id,
  name: z.string(),
  /** empty until an intake colleague confirms the person */
  roles: z.array(Role),
  keys: PersonKeys,
  slots: z.array(OwnSlot),
  intake: z.array(SealedIntake),
  /** empty for a person without the intake role */
  team: z.array(SealedTeam),
  /** the signed manifest */
  manifest: b64Of(MANIFEST_BYTES),
})
export type Me = z.infer<typeof Me>

/** Length of a challenge's id: random (16) ‖ end in milliseconds since 1970 (8) ‖ HMAC (32). */
export const CHALLENGE_ID_BYTES = ID_BYTES + 8 + HASH_BYTES
const challengeId = b64Of(CHALLENGE_ID_BYTES)

/** A WebAuthn challenge that serves once. */
export const Challenge = z.object({ challengeId, options: webauthn })
export type Challenge = z.infer<typeof Challenge>

/** The response of a passkey: signs in, or proves presence. */
export const SignIn = z.object({ challengeId, response: webauthn })
export type SignIn = z.infer<typeof SignIn>

export const OpenInvitation = z.object({ token: b64Of(TOKEN_BYTES) })

export const InvitationOpened = z.object({
  challengeId,
  options: webauthn,
  /** the id of the new person */
  personId: id,
  roles,
  /** hash of the ledger's last row, which `person.join` follows */
  head: b64Of(HASH_BYTES),
})
export type InvitationOpened = z.infer<typeof InvitationOpened>

const personName = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))

/** The request of a newcomer, whose device has tested both slots. */
export const Join = z.object({
  token: b64Of(TOKEN_BYTES),
  challengeId,
  response: webauthn,
  name: personName,
  keys: PersonKeys,
  slots: twoSlots,
  /** a PersonJoin, signed by the newcomer's own key; actor and subject are the new id */
  signed: SignedChange,
})
export type Join = z.infer<typeof Join>

/** The confirmation of a newcomer: the signed row, and the keys that the newcomer gets. */
export const Confirmation = z.object({
  /** a PersonConfirm */
  signed: SignedChange,
  /** the private keys of all epochs that have any; empty without the intake role */
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /** every generation of the team key that has not ended; empty without the intake role */
  team: z.array(SealedTeam).check(z.maxLength(50)),
})
export type Confirmation = z.infer<typeof Confirmation>

/**
 * The certificate that the root gives the first member, or the new reader of a recovery. A recovery
 * may lack keys that older sheets open, so that the edge requires no complete list.
 */
export const Certificate = z.object({
  person: id,
  /** a PersonCertify, signed by the root */
  signed: SignedChange,
  /** a KeeperCertify, signed by the root after `signed`; null without the intake role */
  keeper: z.nullable(SignedChange),
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /** empty for the first member, whose browser opens the first generation */
  team: z.array(SealedTeam).check(z.maxLength(50)),
})
export type Certificate = z.infer<typeof Certificate>

/** A new epoch, with a copy of its private keys for each reader and one for the recovery key. */
export const EpochOpening = z.object({
  /** an EpochOpen */
  signed: SignedChange,
  hybridKey: b64Of(HYBRID_KEY_BYTES),
  sealed: z
    .array(z.object({ person: id, sealed: sealedEpochKeys }))
    .check(z.maxLength(MAX_READERS)),
  sealedForRecovery: sealedEpochKeys,
})
export type EpochOpening = z.infer<typeof EpochOpening>

/** A generation of the team key, with a copy for each reader and one for the recovery key. */
export const TeamOpening = z.object({
  /** a TeamOpen */
  signed: SignedChange,
  sealed: z.array(z.object({ person: id, sealed: sealedTeamKey })).check(z.maxLength(MAX_READERS)),
  sealedForRecovery: sealedTeamKey,
})
export type TeamOpening = z.infer<typeof TeamOpening>

/** A member of the staff as the tables have them. Only the ledger says who may do what. */
const StaffName = z.object({ id, name: z.string() })

/** The names of the staff, newcomers included. */
export const People = z.object({ names: z.array(StaffName) })
export type People = z.infer<typeof People>
