// Signs a change before it leaves the browser. The audit can then show who did what, also to people
// who do not trust the server.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/manifest'
import { auditMessage, type Action, type SignedChange, type Statement } from '#protocol/staff/audit'
import { type UnlockedKeys } from './unlock.ts'

export interface Change {
  action: Action
  /** base64url id of the report, token hash of the invitation */
  subject: string
  /** a change, such as StatusChange */
  change: object
}

/** The place of a statement in the audit chain. */
export interface AuditPlace {
  /** hash of the audit's last row, base64url; null only for a newcomer */
  prev: string | null
  nowMs: number
}

export async function signChange(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { action, subject, change }: Change,
  place: AuditPlace,
): Promise<SignedChange> {
  const changeText = JSON.stringify(change)
  return {
    change: changeText,
    ...(await signStatement(keys, { action, subject, changeText }, place)),
  }
}

/** The signed half of a change. A newcomer has no session yet and signs only this. */
export async function signStatement(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { action, subject, changeText }: { action: Action; subject: string; changeText: string },
  { prev, nowMs }: AuditPlace,
): Promise<Pick<SignedChange, 'statement' | 'signature'>> {
  const statement: Statement = {
    v: 1,
    actor: keys.personId,
    action,
    subject,
    at: new Date(nowMs).toISOString(),
    changeHash: toB64(await sha256(utf8(changeText))),
    prev,
  }
  const text = JSON.stringify(statement)
  const signature = await signBytes(keys.sign, auditMessage(text))
  return { statement: text, signature: toB64(signature) }
}
