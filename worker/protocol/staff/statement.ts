// Defines the schema of a statement: the actor, the action, the subject, and the previous row. The
// author of a change signs a statement that accompanies the change.
import * as z from 'zod/mini'
import { HASH_BYTES } from '../limits.ts'
import { ALL_ACTIONS, isAction } from './actions.ts'
import { LedgerHead } from './chain.ts'
import { b64Of, id } from './fields.ts'

/** The version of the statements that this code makes and understands. */
export const STATEMENT_VERSION = 2

const about = {
  /** person id, or rootIdOf for the root */
  actor: id,
  /**
   * id of the report, person or discard; token hash of the invitation; number of the epoch or
   * generation
   */
  subject: z.string().check(z.maxLength(64)),
  /**
   * UTC: the minute in the ledger, only the day in a case log. A more precise time would let the
   * server tell, even years later, when a colleague worked on a case.
   */
  at: z.string().check(z.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\dZ)?$/)),
  /** SHA-256 of the JSON text of the change */
  changeHash: b64Of(HASH_BYTES),
  /**
   * hash of the last row of the chain. The hash binds a signature to one place in its chain, so
   * that the signature works only once.
   */
  prev: b64Of(HASH_BYTES),
  /**
   * Present in every row of a case log, and only there. The row is judged against the roster as of
   * this head, so a signer gains nothing from a false day. The head also reveals to two people that
   * they see different ledgers.
   */
  ledger: z.optional(LedgerHead),
}

/** An actor's statement about a change. */
export const Statement = z.object({
  v: z.literal(STATEMENT_VERSION),
  ...about,
  action: z.enum(ALL_ACTIONS),
})
export type Statement = z.infer<typeof Statement>

/**
 * A statement of this version or of a newer version, possibly about an action that only the newer
 * version understands.
 */
export const AnyStatement = z.object({
  v: z.int().check(z.gte(STATEMENT_VERSION)),
  ...about,
  action: z.string().check(z.maxLength(64)),
})
export type AnyStatement = z.infer<typeof AnyStatement>

/** Returns false for a statement that only a newer version of this code understands. */
export const isKnown = (said: AnyStatement): said is Statement =>
  said.v === STATEMENT_VERSION && isAction(said.action)
