// Reads the referrals of a case from its log and the logs of absorbed cases. Every browser replays
// the log by the same rules.
import type { Bytes } from '#protocol/bytes'
import {
  CaseAbsorb,
  ReferralConfirm,
  ReferralMake,
  ReferralMark,
} from '#protocol/staff/case-log/changes'
import { endedFirst } from '#protocol/staff/case-log/ended-first'
import {
  foldReferrals,
  type ReferralRow,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { Statement } from '#protocol/staff/statement'
import type { StaffDeps } from '#worker/deps'
import { parseJson } from '#worker/parse'
import { listReferralRows, type StoredReferralRow } from '#worker/store/cases/referrals'

/** A stored row with its parsed statement. */
type SaidRow = StoredReferralRow & { said: Statement }

/** Returns the referrals of a case, keyed by referralName. */
export async function readReferrals(
  { db }: Pick<StaffDeps, 'db'>,
  caseId: Bytes,
): Promise<Map<string, SignedReferral>> {
  const stored = (await listReferralRows(db, caseId)).map((row) => ({
    ...row,
    said: parseJson(Statement, row.statement),
  }))
  // A `case.absorb` row names the absorbed case in `from`. The field `also` names the cases that
  // the absorbed case had itself absorbed.
  const mergedInto = new Map(
    stored.flatMap(({ said, change, caseId: into }) =>
      said.action === 'case.absorb' ? [[parseJson(CaseAbsorb, change).from, into] as const] : [],
    ),
  )
  const logs = [...Map.groupBy(stored, (row) => row.caseId)].map(([each, rows]) => ({
    ...{ id: each, rows, mergedInto: mergedInto.get(each) ?? null },
  }))
  return foldReferrals(endedFirst(logs).flatMap(({ rows }) => rows.flatMap(referralRow)))
}

function referralRow({ caseId, n, hash, change, said }: SaidRow): ReferralRow[] {
  const { action, actor, at: day } = said
  const by = { caseId, n, hash, actor, day }
  if (action === 'referral.make')
    return [{ ...by, action, change: parseJson(ReferralMake, change) }]
  if (action === 'referral.confirm')
    return [{ ...by, action, change: parseJson(ReferralConfirm, change) }]
  if (action === 'referral.mark')
    return [{ ...by, action, change: parseJson(ReferralMark, change) }]
  return []
}
