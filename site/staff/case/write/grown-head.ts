// Compares the head claimed by a server with the rows of the case that this browser has seen. A
// signature on a head that lacks those rows would extend a forked log.
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { fetchReport } from '../../api/case-api.ts'
import { rowHashesOf } from '../../ledger/fetch-logs.ts'
import { knownHeads } from '../../ledger/known-heads.ts'

/**
 * Fetches the log only when the head differs from the one that this tab has seen.
 *
 * @param head  hash of the last row, base64url
 */
export async function isGrown(
  of: Pick<Roster, 'rootId'>,
  caseId: string,
  head: string,
): Promise<boolean> {
  const known = knownHeads(of, caseId)
  if (known.length === 0 || known[0] === head) return true
  const hashes = await rowHashesOf((await fetchReport(caseId)).log)
  const at = hashes.indexOf(head)
  return known.every((each) => hashes.slice(0, at + 1).includes(each))
}
