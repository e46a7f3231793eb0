// Holds the schemas of signed changes: a change, its statement, the head of the audit chain.
// Staff app and edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { concat, utf8, type Bytes } from '../bytes.ts'
import { HASH_BYTES } from '../limits.ts'
import { MAX_SEALED_CASE_BYTES } from './cases.ts'
import { b64Of, id, signature, statementText } from './fields.ts'

/** The changes that an actor signs. */
const ACTIONS = [
  'status.set',
  'case.save',
  'answer.send',
  'invitation.create',
  'person.join',
  'reports.discard',
  'discard.withdraw',
] as const

/** The longest JSON of a change, in characters: a case file in base64url. */
const MAX_CHANGE_CHARS = Math.ceil((MAX_SEALED_CASE_BYTES * 4) / 3) + 100

export type Action = (typeof ACTIONS)[number]

/** Builds the bytes that an actor signs: `oasis/v1/audit` ‖ UTF-8 of the statement. */
export const auditMessage = (statement: string): Bytes =>
  concat(utf8('oasis/v1/audit'), utf8(statement))

/** A change by staff, with the statement that the actor signed. */
export const SignedChange = z.object({
  /** JSON text of a change, such as StatusChange */
  change: z.string().check(z.maxLength(MAX_CHANGE_CHARS)),
  /** the Statement carries SHA-256 of `change` */
  statement: statementText,
  /** the actor's ECDSA signature over auditMessage(statement) */
  signature,
})
export type SignedChange = z.infer<typeof SignedChange>

/** The statement of an actor about a change. */
export const Statement = z.object({
  v: z.literal(1),
  actor: id,
  action: z.enum(ACTIONS),
  /** id of the report, person or discard, or token hash of the invitation */
  subject: z.string().check(z.maxLength(64)),
  /** ISO 8601, UTC; within 10 minutes of the server's clock */
  at: z.iso.datetime(),
  /** SHA-256 of the JSON text of the change */
  changeHash: b64Of(HASH_BYTES),
  /**
   * hash of the last row of the audit chain; null only for `person.join`. The hash binds a
   * signature to one place, so that the signature serves once.
   */
  prev: z.nullable(b64Of(HASH_BYTES)),
})
export type Statement = z.infer<typeof Statement>

/** The `prev` of the next statement: the hash of the last audit row, zeros without a row. */
export const AuditHead = z.object({ head: b64Of(HASH_BYTES) })
export type AuditHead = z.infer<typeof AuditHead>
