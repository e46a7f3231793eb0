// Holds the schemas of signed changes, which extend the organisation's ledger or the log of a case.
// Staff app and edge parse with the same schemas.
//
// A row's hash = SHA-256(hash of the previous row ‖ statement ‖ signature); the first row follows
// zeros.
import * as z from 'zod/mini'
import { concat, sha256, utf8, type Bytes } from '../bytes.ts'
import { HASH_BYTES } from '../limits.ts'
import { CASE_ACTIONS, isAction, LEDGER_ACTIONS, type ChainKind } from './actions.ts'
import { b64Of, changeText, id, signature, statementText } from './fields.ts'

/** The most that an actor's clock may differ from the server's clock. */
export const CLOCK_MS = 10 * 60_000

/** The hash that the first row of a chain follows. */
export const NO_ROW: Bytes = new Uint8Array(HASH_BYTES)

/**
 * Builds the bytes that an actor signs: the label of the chain ‖ UTF-8 of the statement. Two labels
 * keep a statement of one chain from counting as a statement of the other.
 */
export const statementMessage = (chain: ChainKind, statement: string): Bytes =>
  concat(utf8(`oasis/v1/${chain}`), utf8(statement))

/** A change by staff, with the statement that the actor signed. */
export const SignedChange = z.object({
  /** JSON text of a change, such as StatusChange */
  change: changeText,
  /** the Statement contains SHA-256 of `change` */
  statement: statementText,
  /** the actor's ECDSA signature over statementMessage */
  signature,
})
export type SignedChange = z.infer<typeof SignedChange>

/** The version of the statements that this code makes and understands. */
export const STATEMENT_VERSION = 2

/** The newest row of the ledger that a signer had verified: its number, from 1, and its hash. */
export const LedgerHead = z.object({ n: z.int().check(z.gte(1)), hash: b64Of(HASH_BYTES) })
export type LedgerHead = z.infer<typeof LedgerHead>

const about = {
  /** id of the person, or rootIdOf for the root */
  actor: id,
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
   * hash of the last row of the chain. The hash binds a signature to one place, so a signature
   * works only once.
   */
  prev: b64Of(HASH_BYTES),
  /**
   * Present in every row of a case's log, and only there. The roster at this head judges the row,
   * so nobody gains anything from a false day. The head also lets two people on two ledgers notice
   * each other.
   */
  ledger: z.optional(LedgerHead),
}

/** An actor's statement about a change. */
export const Statement = z.object({
  v: z.literal(STATEMENT_VERSION),
  ...about,
  action: z.enum([...LEDGER_ACTIONS, ...CASE_ACTIONS]),
})
export type Statement = z.infer<typeof Statement>

/** A statement of this version or a newer one, perhaps about an action of a newer version. */
export const AnyStatement = z.object({
  v: z.int().check(z.gte(STATEMENT_VERSION)),
  ...about,
  action: z.string().check(z.maxLength(64)),
})
export type AnyStatement = z.infer<typeof AnyStatement>

/** Returns false for a statement that only a newer version of this code understands. */
export const isKnown = (said: AnyStatement): said is Statement =>
  said.v === STATEMENT_VERSION && isAction(said.action)

/** The `prev` of the next statement: the hash of the chain's last row, zeros without rows. */
export const ChainHead = z.object({ head: b64Of(HASH_BYTES) })
export type ChainHead = z.infer<typeof ChainHead>

/** Hashes a row: SHA-256(previous hash ‖ UTF-8 of the statement ‖ signature). */
export const rowHash = (
  prevHash: Bytes,
  { statement, signature: signed }: { statement: string; signature: Bytes },
): Promise<Bytes> => sha256(prevHash, utf8(statement), signed)
