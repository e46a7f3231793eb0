// Stores a row about a referral, or throws the reason why nothing changed.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { ReferralMake } from '#protocol/staff/case-log/changes'
import type { StaffDeps } from '#worker/deps'
import { findState, hasGrown } from '#worker/store/cases/growth'
import { insertReferralRow } from '#worker/store/cases/referrals'
import type { ChainEntry } from '#worker/store/ledger/chains'

interface SignedRow {
  change: Pick<ReferralMake, 'keyNo' | 'followUps' | 'absorbed'>
  sealed: Bytes
  entry: ChainEntry
}

/** @throws Refusal `not_found`, `case_merged`, `report_grew`, `case_key_changed`, `chain_moved` */
export async function storeReferralRow(
  deps: StaffDeps,
  caseId: Bytes,
  { change: { keyNo, followUps, absorbed }, sealed, entry }: SignedRow,
): Promise<void> {
  const read = { followUps, absorbed }
  if (await insertReferralRow(deps.db, caseId, { keyNo, sealed, read }, entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  throw new Refusal(hasGrown(state, read) ? 'report_grew' : 'case_key_changed')
}
