// What the staff app and the edge say to each other: one schema for both ends, so that neither trusts the other's word.
import * as z from 'zod/mini'
import { concat, utf8, type Bytes } from './bytes.ts'
import { POINT_BYTES } from './hpke-sender.ts'
import {
  ANSWER_BYTES,
  HASH_BYTES,
  ID_BYTES,
  MAX_ENVELOPE_BYTES,
  MAX_SLOTS,
  TOKEN_BYTES,
} from './limits.ts'
import { MANIFEST_BYTES } from './manifest.ts'

export const ROLES = ['admin', 'intake'] as const
export const STATUSES = ['new', 'in_progress', 'closed'] as const
const ACTIONS = [
  'status.set',
  'case.save',
  'answer.send',
  'invitation.create',
  'person.join',
] as const
/** Reports on one page of the queue. */
export const QUEUE_PAGE = 50
/** Hours a session lives. */
export const SESSION_HOURS = 8
/** The input of a passkey's PRF is SHA-256 of this label, the same for everybody: it is asked for before we know who signs in. */
export const PRF_LABEL = 'oasis/v1/prf'

/** base64url text of exactly `bytes` bytes. */
const b64Of = (bytes: number) =>
  z.string().check(z.length(Math.ceil((bytes * 4) / 3)), z.regex(/^[\w-]+$/))
/** base64url text of at most `bytes` bytes. */
const b64UpTo = (bytes: number) =>
  z.string().check(z.minLength(1), z.maxLength(Math.ceil((bytes * 4) / 3)), z.regex(/^[\w-]+$/))

const id = b64Of(ID_BYTES)
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))
/** an uncompressed P-256 point */
const point = b64Of(POINT_BYTES)
const roles = z.array(z.enum(ROLES)).check(z.minLength(1), z.maxLength(ROLES.length))
/** What @simplewebauthn checks in depth itself: here only that it is an object. */
const webauthn = z.record(z.string(), z.unknown())

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
export const Status = z.enum(STATUSES)
export type Status = z.infer<typeof Status>
export type Action = (typeof ACTIONS)[number]

/** The intake private key of an epoch (PKCS #8), sealed to one person by HPKE: enc (65) ‖ ciphertext. */
export const SealedIntake = z.object({ epoch: z.int(), sealed: b64UpTo(400) })
export type SealedIntake = z.infer<typeof SealedIntake>

/** One way to the master key (32 bytes): nonce (12) ‖ AES-256-GCM under the slot's key. */
export const Slot = z.object({
  id,
  kind: z.enum(['prf', 'passphrase']),
  /** the passkey whose PRF opens the slot; null for a passphrase */
  credentialId: z.nullable(b64UpTo(1023)),
  salt: b64Of(16),
  /** Argon2id: KiB of memory and passes; 0 for a passkey. The app refuses less than its floor. */
  memoryKib: z.int(),
  passes: z.int(),
  sealedMaster: b64Of(12 + 32 + 16),
})
export type Slot = z.infer<typeof Slot>

/** A person's own keys as the server keeps them: public halves, and the private halves under the master key. */
export const PersonKeys = z.object({
  hpkePublic: point,
  signPublic: point,
  sealedPrivate: b64UpTo(1024),
})
export type PersonKeys = z.infer<typeof PersonKeys>

export const Me = z.object({
  id,
  name: z.string(),
  roles,
  keys: PersonKeys,
  slots: z.array(Slot),
  intake: z.array(SealedIntake),
  /** the signed manifest */
  manifest: b64Of(MANIFEST_BYTES),
})
export type Me = z.infer<typeof Me>

export const Challenge = z.object({ challengeId: id, options: webauthn })
export type Challenge = z.infer<typeof Challenge>

export const SignIn = z.object({ challengeId: id, response: webauthn })

export const OpenInvitation = z.object({ token: b64Of(TOKEN_BYTES) })
export const InvitationOpened = z.object({
  challengeId: id,
  options: webauthn,
  /** the id the new person will have */
  personId: id,
  roles,
  /** intake keys under the invitation's key: [Note: invitation] */
  sealedIntake: z.array(SealedIntake),
})
export type InvitationOpened = z.infer<typeof InvitationOpened>

const personName = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))

/** What a newcomer sends when both slots were tested on their device. */
export const Join = z.object({
  token: b64Of(TOKEN_BYTES),
  challengeId: id,
  response: webauthn,
  name: personName,
  keys: PersonKeys,
  slots: z.array(Slot).check(z.minLength(2), z.maxLength(4)),
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /** JSON text of a Statement: `person.join`, actor and subject both the new id, changeHash over joinedChange(keys) */
  statement: z.string().check(z.maxLength(1000)),
  /** by the newcomer's own signing key, as in SignedChange */
  signature: b64Of(64),
})
export type Join = z.infer<typeof Join>

/** What an actor signs: the label and the UTF-8 of the statement. */
export const auditMessage = (statement: string): Bytes =>
  concat(utf8('oasis/v1/audit'), utf8(statement))

/** The JSON text whose SHA-256 a newcomer's statement carries: the two public keys that the account will have. */
export const joinedChange = (keys: PersonKeys): string =>
  JSON.stringify([keys.signPublic, keys.hpkePublic])

/**
 * A change by staff. `change` is the JSON text of one of the changes below; `statement` is the JSON text of a Statement that
 * carries its SHA-256; `signature` is the actor's ECDSA signature over `oasis/v1/audit` ‖ UTF-8 of `statement`.
 */
export const SignedChange = z.object({
  change: z.string().check(z.maxLength(120_000)),
  statement: z.string().check(z.maxLength(1000)),
  signature: b64Of(64),
})
export type SignedChange = z.infer<typeof SignedChange>

export const Statement = z.object({
  v: z.literal(1),
  actor: id,
  action: z.enum(ACTIONS),
  /** id of the report, invitation or person */
  subject: z.string().check(z.maxLength(64)),
  /** ISO 8601, UTC; within 10 minutes of the server's clock */
  at: z.iso.datetime(),
  /** SHA-256 of the change's JSON text */
  changeHash: b64Of(HASH_BYTES),
  /** hash of the audit's last row: the signature holds its place in the chain, and serves once; null only for `person.join` */
  prev: z.nullable(b64Of(HASH_BYTES)),
})
export type Statement = z.infer<typeof Statement>

/** What the next statement must carry as `prev`: the hash of the audit's last row, zeros when there is none. */
export const AuditHead = z.object({ head: b64Of(HASH_BYTES) })
export type AuditHead = z.infer<typeof AuditHead>

export const StatusChange = z.object({ from: Status, to: Status })
export type StatusChange = z.infer<typeof StatusChange>

/** `revision` is the one that the writer read, 0 for none; the stored one becomes `revision` + 1. */
export const CaseChange = z.object({ revision: z.int(), sealed: b64UpTo(64 * 1024) })
export type CaseChange = z.infer<typeof CaseChange>

export const AnswerChange = z.object({
  slot: z.int().check(z.gte(0), z.lt(MAX_SLOTS)),
  sealed: b64Of(ANSWER_BYTES),
})
export type AnswerChange = z.infer<typeof AnswerChange>

/** Subject of the statement: the token hash. Intake keys are sealed under the invitation's key. */
export const InvitationChange = z.object({
  tokenHash: b64Of(HASH_BYTES),
  roles,
  sealedIntake: z.array(SealedIntake),
})
export type InvitationChange = z.infer<typeof InvitationChange>

/** A line of the queue: nothing that only a key opens. */
export const QueueItem = z.object({
  id,
  kind: z.int(),
  danger: z.boolean(),
  day,
  lane: z.enum(['A', 'B']),
  sealedBy: z.enum(['device', 'worker']),
  status: Status,
  followUps: z.int(),
})
export type QueueItem = z.infer<typeof QueueItem>

export const Queue = z.object({ items: z.array(QueueItem), next: z.nullable(z.string()) })
export type Queue = z.infer<typeof Queue>

/** Numbers of the chunks of a file that have arrived, in no order. */
export const ArrivedChunks = z.object({ arrived: z.array(z.int()) })
export type ArrivedChunks = z.infer<typeof ArrivedChunks>

/** More than this many reports that wait are not counted. */
export const WAITING_SHOWN = 1000

/** Counts by status, and of what is not in the database, for everybody who is signed in. */
export const Counts = z.object({
  new: z.int(),
  in_progress: z.int(),
  closed: z.int(),
  danger: z.int(),
  /** reports and follow-ups in R2 that shall come in; null when R2 does not answer */
  waiting: z.nullable(z.int()),
  /** in R2, of an epoch, key or id that could not be judged */
  aside: z.nullable(z.int()),
})
export type Counts = z.infer<typeof Counts>

const envelope = b64UpTo(MAX_ENVELOPE_BYTES)

export const OpenedReport = z.object({
  item: QueueItem,
  envelope,
  followUps: z.array(z.object({ id, day, sealedBy: z.enum(['device', 'worker']), envelope })),
  /** nonce ‖ AES-256-GCM of the case file's JSON; null before the first note */
  caseFile: z.nullable(z.object({ revision: z.int(), sealed: z.string() })),
  answers: z.array(z.object({ slot: z.int(), day, sealed: b64Of(ANSWER_BYTES) })),
  /** false when the person wanted no number or destroyed the thread: nothing can be answered */
  answerable: z.boolean(),
})
export type OpenedReport = z.infer<typeof OpenedReport>
