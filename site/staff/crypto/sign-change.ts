// Signs a change before it leaves the browser. The chains can then show who did what, also to
// people who do not trust the server.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { isCaseAction, type Action } from '#protocol/staff/actions'
import { statementMessage, type SignedChange, type Statement } from '#protocol/staff/chain'
import { dayOf, minuteOf } from '#protocol/time'
import { type UnlockedKeys } from './unlock.ts'

export interface Change {
  action: Action
  /** base64url id of the report, person or discard; token hash of the invitation */
  subject: string
  /** a change, such as StatusChange */
  change: object
}

/** The place of a statement in its chain. */
export interface ChainPlace {
  /** hash of the chain's last row, base64url */
  prev: string
  nowMs: number
}

export async function signChange(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { action, subject, change }: Change,
  { prev, nowMs }: ChainPlace,
): Promise<SignedChange> {
  const changeText = JSON.stringify(change)
  const said: Statement = {
    v: 1,
    actor: keys.personId,
    action,
    subject,
    at: isCaseAction(action) ? dayOf(nowMs) : minuteOf(nowMs),
    changeHash: toB64(await sha256(utf8(changeText))),
    prev,
  }
  const statement = JSON.stringify(said)
  const signature = await signBytes(keys.sign, statementMessage(action, statement))
  return { change: changeText, statement, signature: toB64(signature) }
}
