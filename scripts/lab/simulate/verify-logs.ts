// Verifies the logs of all cases: each row follows the one before, and its actor has signed it.
import { fromB64, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { isSignedBy } from '#protocol/keys/signatures'
import { NO_ROW, rowHash, Statement, statementMessage } from '#protocol/staff/chain'
import type { SimulatedMember } from '#scripts/lab/simulate/organisation'

export interface StoredLogRow {
  caseId: Bytes
  n: number
  prevHash: Bytes
  hash: Bytes
  statement: string
  signature: Bytes
  actor: Bytes
}

/**
 * Lists the rows that break a log.
 *
 * @param rows  by case, then by number
 */
export async function brokenLogRows(
  rows: readonly StoredLogRow[],
  members: readonly SimulatedMember[],
): Promise<string[]> {
  const broken: string[] = []
  let last = { caseId: '', n: 0, hash: NO_ROW }
  for (const row of rows) {
    const caseId = toB64(row.caseId)
    if (caseId !== last.caseId) last = { caseId, n: 0, hash: NO_ROW }
    if (!(await follows(row, last, members))) broken.push(`row ${row.n} of ${caseId}`)
    last = { caseId, n: row.n, hash: row.hash }
  }
  return broken
}

async function follows(
  { n, prevHash, hash, statement, signature, actor }: StoredLogRow,
  last: { caseId: string; n: number; hash: Bytes },
  members: readonly SimulatedMember[],
): Promise<boolean> {
  const said = Statement.parse(JSON.parse(statement))
  const member = members.find(({ id }) => sameBytes(id, actor))
  const isNext =
    n === last.n + 1 &&
    sameBytes(prevHash, last.hash) &&
    sameBytes(fromB64(said.prev), last.hash) &&
    sameBytes(hash, await rowHash(last.hash, { statement, signature })) &&
    said.subject === last.caseId &&
    said.actor === toB64(actor)
  if (!isNext || !member) return false
  return isSignedBy(member.signPublic, signature, statementMessage(said.action, statement))
}
