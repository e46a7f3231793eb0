// Signs a change before it leaves the browser. So the chains prove who did what, even to people who
// do not trust the server.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import {
  chainOf,
  type Action,
  type CaseAction,
  type ChangeOf,
  type LedgerAction,
} from '#protocol/staff/actions'
import { statementMessage, type LedgerHead, type SignedChange } from '#protocol/staff/chain'
import { STATEMENT_VERSION, type Statement } from '#protocol/staff/statement'
import { lineHead } from '#protocol/staff/ledger/line'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { dayOf, minuteOf } from '#protocol/time'
import type { UnlockedKeys } from './unlock.ts'

/** A row before it is signed. */
export interface RowToSign<Of extends Action> {
  action: Of
  /** base64url id of the report, person or discard; for an invitation, its token hash */
  subject: string
  change: object
}

/** A row whose change has the type that the table of actions defines for its action. */
type TypedRow<Of extends Action> = {
  [Each in Of]: RowToSign<Each> & { change: ChangeOf<Each> }
}[Of]

/** A change to the organisation, which extends the ledger. */
export type LedgerChange = TypedRow<LedgerAction>

/** A change to a case, which extends the case log. */
export type CaseLogChange = TypedRow<CaseAction>

export type SigningKeys = Pick<UnlockedKeys, 'personId' | 'sign'>

/** The person who signs a row of a case, and the ledger on which they rely. */
export interface CaseSigner {
  keys: SigningKeys
  roster: Pick<Roster, 'rows' | 'head' | 'rootId'>
}

/** The place of a statement in its chain. */
export interface ChainPlace {
  /** hash of the last row of the chain, base64url */
  prev: string
  nowMs: number
}

/** Signs a change to the organisation. */
export const signChange = (
  keys: SigningKeys,
  change: RowToSign<LedgerAction>,
  place: ChainPlace,
): Promise<SignedChange> => signRow(keys, change, place)

/** Signs a change to a case. The row refers to the newest row of the signer's ledger. */
export const signCaseChange = (
  { keys, roster }: Pick<CaseSigner, 'keys'> & { roster: Pick<Roster, 'rows' | 'head'> },
  change: RowToSign<CaseAction>,
  place: ChainPlace,
): Promise<SignedChange> => signRow(keys, change, place, lineHead(roster))

async function signRow(
  keys: SigningKeys,
  { action, subject, change }: RowToSign<Action>,
  { prev, nowMs }: ChainPlace,
  ledger?: LedgerHead,
): Promise<SignedChange> {
  const changeText = JSON.stringify(change)
  const said: Statement = {
    v: STATEMENT_VERSION,
    actor: keys.personId,
    action,
    subject,
    at: ledger ? dayOf(nowMs) : minuteOf(nowMs),
    changeHash: toB64(await sha256(utf8(changeText))),
    prev,
    ...(ledger && { ledger }),
  }
  const statement = JSON.stringify(said)
  const signature = await signBytes(keys.sign, statementMessage(chainOf(action), statement))
  return { change: changeText, statement, signature: toB64(signature) }
}
