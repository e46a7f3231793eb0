// Signs the changes of the staff in the order of time, and makes the rows of the audit chain.
import { concat, fromB64, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { Action } from '#protocol/staff/audit'
import { signStatement } from '#site/staff/crypto/sign-change.ts'
import type { UnlockedKeys } from '#site/staff/crypto/unlock.ts'

export interface UnsignedChange {
  /** milliseconds since 1970 */
  at: number
  /** place of the colleague in the staff */
  by: number
  action: Action
  subject: string
  /** JSON text of the change */
  changeText: string
}

export interface DemoAuditRow {
  seq: number
  prevHash: Bytes
  hash: Bytes
  statement: string
  signature: Bytes
  actor: Bytes
}

/** Signs changes, each after the one before. A newcomer's statement names no row before. */
export async function* signChanges(
  staff: readonly { keys: UnlockedKeys }[],
  changes: Iterable<UnsignedChange>,
): AsyncGenerator<DemoAuditRow> {
  let prevHash: Bytes = new Uint8Array(HASH_BYTES)
  let seq = 0
  for (const { at, by, ...change } of changes) {
    const keys = staff[by]?.keys
    if (!keys) throw new Error(`the staff of the demo has no colleague ${by}`)
    const prev = change.action === 'person.join' ? null : toB64(prevHash)
    const { statement, signature } = await signStatement(keys, change, { prev, nowMs: at })
    const signatureBytes = fromB64(signature)
    const hash = await sha256(concat(prevHash, utf8(statement), signatureBytes))
    const actor = fromB64(keys.personId)
    yield { seq: ++seq, prevHash, hash, statement, signature: signatureBytes, actor }
    prevHash = hash
  }
}
