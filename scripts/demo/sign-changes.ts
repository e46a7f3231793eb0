// Signs the changes of one case in chronological order, and makes the rows of the case log.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import type { CaseAction } from '#protocol/staff/actions'
import type { Writers } from '#scripts/demo/writers'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'

export interface UnsignedChange {
  /** milliseconds since 1970 */
  at: number
  /** index of the colleague in the list of staff */
  by: number
  action: CaseAction
  change: object
}

export interface CaseLogRow {
  n: number
  prevHash: Bytes
  hash: Bytes
  change: string
  statement: string
  signature: Bytes
  actor: Bytes
}

/** @param subject  report id, base64url */
export async function signChanges(
  writers: Writers,
  subject: string,
  changes: readonly UnsignedChange[],
): Promise<CaseLogRow[]> {
  const rows: CaseLogRow[] = []
  let prevHash = NO_ROW
  for (const { at, by, action, change } of changes) {
    const writer = writers.of(by)
    const place = { prev: toB64(prevHash), nowMs: at }
    const signed = await signCaseChange(
      { keys: writer, roster: writer.ledger },
      { action, subject, change },
      place,
    )
    const { change: text, statement } = signed
    const signature = fromB64(signed.signature)
    const hash = await rowHash(prevHash, { statement, signature })
    const actor = fromB64(writer.personId)
    rows.push({ n: rows.length + 1, prevHash, hash, change: text, statement, signature, actor })
    prevHash = hash
  }
  return rows
}
