// Holds the schemas of signed changes, which extend the organisation's ledger or the log of a case.
// Staff app and edge parse with the same schemas.
//
// A row's hash = SHA-256(hash of the row before ‖ statement ‖ signature); the first row follows
// zeros.
import * as z from 'zod/mini'
import { concat, sha256, utf8, type Bytes } from '../bytes.ts'
import { HASH_BYTES } from '../limits.ts'
import { b64Of, changeText, id, signature, statementText } from './fields.ts'

/** The changes of the organisation, which the ledger keeps. */
export const LEDGER_ACTIONS = [
  'org.begin',
  'person.certify',
  'invitation.create',
  'invitation.withdraw',
  'person.join',
  'person.confirm',
  'person.refuse',
  'person.remove',
  'person.rekey',
  'keeper.certify',
  'epoch.open',
  'epoch.retire',
  'epoch.end',
  'team.open',
  'team.end',
  'keys.lose',
  'recovery.renew',
  'checkpoint.sign',
  'ledger.restart',
  'reports.discard',
  'discard.withdraw',
  'rota.set',
  'quiet.set',
  'template.set',
] as const
export type LedgerAction = (typeof LEDGER_ACTIONS)[number]

/** The changes of a case, which the log of that case keeps. */
export const CASE_ACTIONS = [
  'status.set',
  'key.make',
  'letters.take',
  'entry.add',
  'record.set',
  'answer.send',
  'danger.set',
  'case.assign',
  'case.merge',
  'case.absorb',
  'letter.enter',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

/** The changes that a caseworker can sign in a case that is assigned to them. */
export const CASEWORKER_ACTIONS: readonly CaseAction[] = [
  'status.set',
  'entry.add',
  'record.set',
  'answer.send',
  'danger.set',
]

export type Action = LedgerAction | CaseAction

const CASES: readonly string[] = CASE_ACTIONS
export const isCaseAction = (action: Action): action is CaseAction => CASES.includes(action)

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
