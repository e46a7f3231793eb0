// Merges one case into another. Both logs receive a row, and each row refers to the other case. So
// a server cannot show either log without the merge.
import { fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type CaseAbsorb, type CaseMerge } from '#protocol/staff/case-log/changes'
import { fetchReport } from '../../api/case-api.ts'
import { sendAction } from '../../api/send-action.ts'
import { retryOn } from '../../api/retry-on.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { fetchAbsorbed } from '../read/load-report.ts'
import { requireLog } from '../read/require-log.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { grantAll, granteeOf } from './grants.ts'
import { hasLeaver } from './release-case.ts'
import { sendBothSigned } from './send-case-signed.ts'

/**
 * @param from  id of the case that is absorbed
 * @param into  id of the surviving case
 * @throws Refusal `case_merged` when a colleague has already merged one of the two, or `case_full`.
 * Otherwise the codes of requireLog and sendBothSigned.
 */
export const sendMerging = (by: CaseWriter, from: string, into: string): Promise<void> =>
  retryOn(['log_older'], () => mergeOnce(by, from, into))

/**
 * @throws Refusal the codes of sendMerging; `log_older` even if this browser itself has just stored
 *   the missing row
 */
async function mergeOnce(by: CaseWriter, from: string, into: string): Promise<void> {
  const { roster } = by
  const [ending, goingOn] = await Promise.all([fetchReport(from), fetchReport(into)])
  if (ending.mergedInto !== null || goingOn.mergedInto !== null) throw new Refusal('case_merged')
  const [ended, log] = await Promise.all([requireLog(by, ending), requireLog(by, goingOn)])
  // A colleague who has left would otherwise receive copies of the other case's keys. The surviving
  // case is therefore taken back first.
  if (hasLeaver(log, roster)) {
    await withCaseKey(by, goingOn, () => Promise.resolve())
    await mergeOnce(by, from, into)
    return
  }
  // The signed log decides. A server could list an unrelated case, or omit a part of this case.
  const also = [...ended.absorbed.keys()].sort(byBytes)
  const grantee = granteeOf(log, roster)
  const grants = grantee
    ? await grantAll(by, [ending, ...(await fetchAbsorbed(also))], grantee)
    : []
  await sendBothSigned(
    by,
    [from, into],
    ([head]) => {
      const merge: CaseMerge = { into }
      const absorb: CaseAbsorb = { from, head, also }
      return [
        { action: 'case.merge', subject: from, change: merge },
        { action: 'case.absorb', subject: into, change: absorb },
      ]
    },
    ([merged, joined]) => sendAction('case.merge', { merged, absorbed: joined, grants }, from),
  )
}

/** Sorts in the same order as the database. The order of base64url strings is different. */
function byBytes(one: string, other: string): number {
  const [a, b]: [Bytes, Bytes] = [fromB64(one), fromB64(other)]
  const at = a.findIndex((byte, place) => byte !== b[place])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
