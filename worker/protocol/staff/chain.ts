// Holds the schemas of signed changes, which extend the organisation's ledger or the log of a case.
// Staff app and edge parse with the same schemas.
//
// A row's hash = SHA-256(hash of the row before ‖ statement ‖ signature); the first row follows
// zeros.
import * as z from 'zod/mini'
import { concat, sha256, utf8, type Bytes } from '../bytes.ts'
import { HASH_BYTES } from '../limits.ts'
import { CASE_ACTIONS, isCaseAction, LEDGER_ACTIONS, type Action } from './actions.ts'
import { b64Of, changeText, id, signature, statementText } from './fields.ts'

/** The most that an actor's clock may differ from the server's clock. */
export const CLOCK_MS = 10 * 60_000

/** The hash that the first row of a chain follows. */
export const NO_ROW: Bytes = new Uint8Array(HASH_BYTES)

/**
 * Builds the bytes that an actor signs: the label of the chain ‖ UTF-8 of the statement. With two
 * labels a statement of one chain is no statement of the other.
 */
export const statementMessage = (action: Action, statement: string): Bytes =>
  concat(utf8(isCaseAction(action) ? 'oasis/v1/case-log' : 'oasis/v1/ledger'), utf8(statement))

/** A change by staff, with the statement that the actor signed. */
export const SignedChange = z.object({
  /** JSON text of a change, such as StatusChange */
  change: changeText,
  /** the Statement carries SHA-256 of `change` */
  statement: statementText,
  /** the actor's ECDSA signature over statementMessage */
  signature,
})
export type SignedChange = z.infer<typeof SignedChange>

/** The statement of an actor about a change. */
export const Statement = z.object({
  v: z.literal(1),
  /** id of the person, or rootIdOf for the root */
  actor: id,
  action: z.enum([...LEDGER_ACTIONS, ...CASE_ACTIONS]),
  /**
   * id of the report, person or discard; token hash of the invitation; number of the epoch or
   * generation
   */
  subject: z.string().check(z.maxLength(64)),
  /**
   * UTC: the minute in the ledger, only the day in the log of a case. A finer time
   * would show the server for years when somebody worked on a case.
   */
  at: z.string().check(z.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\dZ)?$/)),
  /** SHA-256 of the JSON text of the change */
  changeHash: b64Of(HASH_BYTES),
  /**
   * hash of the last row of the chain. The hash binds a signature to one place, so that the
   * signature serves once.
   */
  prev: b64Of(HASH_BYTES),
})
export type Statement = z.infer<typeof Statement>

/** The `prev` of the next statement: the hash of the chain's last row, zeros without a row. */
export const ChainHead = z.object({ head: b64Of(HASH_BYTES) })
export type ChainHead = z.infer<typeof ChainHead>

/** Hashes a row: SHA-256(previous hash ‖ UTF-8 of the statement ‖ signature). */
export const rowHash = (
  prevHash: Bytes,
  { statement, signature: signed }: { statement: string; signature: Bytes },
): Promise<Bytes> => sha256(prevHash, utf8(statement), signed)
