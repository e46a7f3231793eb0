// Reads the referrals of a case out of its log and the logs of absorbed cases. Every browser
// replays the same rules.
import type { Bytes } from '#protocol/bytes'
import {
  CaseAbsorb,
  ReferralConfirm,
  ReferralMake,
  ReferralMark,
} from '#protocol/staff/case-log/changes'
import {
  foldReferrals,
  type ReferralRow,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { Statement } from '#protocol/staff/statement'
import type { StaffDeps } from '#worker/deps'
import { parseJson } from '#worker/parse'
import { listReferralRows, type StoredReferralRow } from '#worker/store/cases/referrals'

/** Returns the referrals of a case, keyed by referralName. @param id  of the case, base64url */
export async function readReferrals(
  { db }: Pick<StaffDeps, 'db'>,
  caseId: Bytes,
  id: string,
): Promise<Map<string, SignedReferral>> {
  const logs = Map.groupBy(await listReferralRows(db, caseId), (row) => row.caseId)
  const own = logs.get(id) ?? []
  const absorbed = own.flatMap((row) =>
    Statement.parse(JSON.parse(row.statement)).action === 'case.absorb' ? absorbedBy(row) : [],
  )
  // An absorbed log has ended before the case that goes on could name its rows.
  const ordered = [id, ...absorbed].reverse().flatMap((each) => logs.get(each) ?? [])
  return foldReferrals(ordered.flatMap(referralRow))
}

function absorbedBy({ change }: StoredReferralRow): string[] {
  const { from, also } = parseJson(CaseAbsorb, change)
  return [from, ...also]
}

function referralRow({ caseId, n, hash, change, statement }: StoredReferralRow): ReferralRow[] {
  const { action, actor, at: day } = parseJson(Statement, statement)
  const by = { caseId, n, hash, actor, day }
  if (action === 'referral.make')
    return [{ ...by, action, change: parseJson(ReferralMake, change) }]
  if (action === 'referral.confirm')
    return [{ ...by, action, change: parseJson(ReferralConfirm, change) }]
  if (action === 'referral.mark')
    return [{ ...by, action, change: parseJson(ReferralMark, change) }]
  return []
}
