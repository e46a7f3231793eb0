// Defines the schemas of signed changes, which extend the organisation's ledger or a case log. The
// staff app and the edge parse with the same schemas.
//
// A row's hash = SHA-256(hash of the previous row ‖ statement ‖ signature); the first row follows
// zeros.
import * as z from 'zod/mini'
import { concat, sha256, utf8, type Bytes } from '../bytes.ts'
import { HASH_BYTES } from '../limits.ts'
import { b64Of, changeText, signature, statementText } from './fields.ts'

/** A chain of signed rows: the organisation's ledger or a case log. */
export type ChainKind = 'ledger' | 'case-log'

/** Maximum difference between an actor's clock and the server's clock. */
export const CLOCK_MS = 10 * 60_000

/** Zeros, used as the previous hash of the first row of a chain. */
export const NO_ROW: Bytes = new Uint8Array(HASH_BYTES)

/**
 * Builds the bytes that an actor signs: the label of the chain ‖ UTF-8 of the statement. Separate
 * labels prevent a statement from one chain from being used in the other.
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

/** The newest ledger row that a signer had verified: its number, from 1, and its hash. */
export const LedgerHead = z.object({ n: z.int().check(z.gte(1)), hash: b64Of(HASH_BYTES) })
export type LedgerHead = z.infer<typeof LedgerHead>

/**
 * The `prev` of the next statement: the hash of the chain's last row, or zeros if there is none.
 */
export const ChainHead = z.object({ head: b64Of(HASH_BYTES) })
export type ChainHead = z.infer<typeof ChainHead>

/** Hashes a row: SHA-256(previous hash ‖ UTF-8 of the statement ‖ signature). */
export const rowHash = (
  prevHash: Bytes,
  { statement, signature: signed }: { statement: string; signature: Bytes },
): Promise<Bytes> => sha256(prevHash, utf8(statement), signed)
