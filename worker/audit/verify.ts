// Walks the audit chain and finds the first row that was changed, left out, moved or signed by
// somebody else.
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import { isSignedBy } from '#protocol/keys/manifest'
import { auditMessage, Statement } from '#protocol/staff/audit'
import type { Deps } from '#worker/deps'
import { auditHash, auditRows, type AuditRow } from '#worker/store/audit'
import { listSignKeys } from '#worker/store/people'

export type AuditVerdict =
  | { whole: true; rows: number; head: Bytes }
  | { whole: false; /** sequence number at which the chain breaks */ at: number }

/**
 * @param knownHead  a head that was written down earlier; without one, nobody can see that the
 *   newest rows are missing
 */
export async function verifyAudit(deps: Deps, knownHead?: Bytes): Promise<AuditVerdict> {
  const keys = await listSignKeys(deps.db)
  let head: Bytes = new Uint8Array(HASH_BYTES)
  let rows = 0
  let knownSeen = knownHead === undefined || sameBytes(knownHead, head)
  for await (const row of auditRows(deps.db)) {
    const expected = rows + 1
    const key = keys.get(toB64(row.actor))
    const fits = row.seq === expected && sameBytes(row.prevHash, head)
    if (!fits || !sameBytes(row.hash, await auditHash(head, row)) || !(await isActors(row, key)))
      return { whole: false, at: expected }
    head = row.hash
    rows = expected
    if (knownHead && sameBytes(knownHead, head)) knownSeen = true
  }
  return knownSeen ? { whole: true, rows, head } : { whole: false, at: rows + 1 }
}

async function isActors(row: AuditRow, key: Bytes | undefined): Promise<boolean> {
  const statement = readStatement(row.statement)
  if (!key || statement?.actor !== toB64(row.actor) || !holdsPlace(statement, row)) return false
  return isSignedBy(key, row.signature, auditMessage(row.statement))
}

// The signature covers the row before. So nobody can delete or move rows, compute the hashes again
// and sign again.
const holdsPlace = ({ prev, action }: Statement, { prevHash }: AuditRow): boolean =>
  prev === null ? action === 'person.join' : prev === toB64(prevHash)

function readStatement(text: string): Statement | null {
  try {
    return Statement.parse(JSON.parse(text))
  } catch {
    return null
  }
}
