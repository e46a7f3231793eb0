// Signs the changes of the staff in the order of time, and makes the rows of the case logs.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash, type CaseAction } from '#protocol/staff/chain'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import type { UnlockedKeys } from '#site/staff/crypto/unlock.ts'

export interface UnsignedChange {
  /** milliseconds since 1970 */
  at: number
  /** place of the colleague in the staff */
  by: number
  action: CaseAction
  /** id of the report, base64url */
  subject: string
  change: object
}

export interface CaseLogRow {
  caseId: Bytes
  n: number
  prevHash: Bytes
  hash: Bytes
  change: string
  statement: string
  signature: Bytes
  actor: Bytes
}

/** Signs changes, each after the one before in the log of its case. */
export async function* signChanges(
  staff: readonly { keys: UnlockedKeys }[],
  changes: Iterable<UnsignedChange>,
): AsyncGenerator<CaseLogRow> {
  const last = new Map<string, { n: number; hash: Bytes }>()
  for (const { at, by, ...change } of changes) {
    const keys = staff[by]?.keys
    if (!keys) throw new Error(`the staff of the demo has no colleague ${by}`)
    const { n, hash: prevHash } = last.get(change.subject) ?? { n: 0, hash: NO_ROW }
    const signed = await signChange(keys, change, { prev: toB64(prevHash), nowMs: at })
    const { change: text, statement } = signed
    const signature = fromB64(signed.signature)
    const hash = await rowHash(prevHash, { statement, signature })
    last.set(change.subject, { n: n + 1, hash })
    const [caseId, actor] = [fromB64(change.subject), fromB64(keys.personId)]
    yield { caseId, n: n + 1, prevHash, hash, change: text, statement, signature, actor }
  }
}
