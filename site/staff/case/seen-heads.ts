// Remembers the newest head of each case log that this tab has seen whole, so that a server cannot
// show an older log afterwards. A head is a hash; it names nobody and opens nothing.
import { type Bytes } from '#protocol/bytes'
import { type LedgerRow } from '#protocol/staff/ledger'
import { hasHead } from '#protocol/staff/roster'

const seen = new Map<string, Bytes>()

/** Returns true when the rows lack the head that this tab remembers. */
export async function isOlderLog(caseId: string, rows: readonly LedgerRow[]): Promise<boolean> {
  const head = seen.get(caseId)
  return head !== undefined && !(await hasHead(rows, head))
}

export function rememberCaseHead(caseId: string, head: Bytes): void {
  seen.set(caseId, head)
}
