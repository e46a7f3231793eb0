// Stores a referral as a row and a sealed entry that records the content, the receiver and the
// reason. The sealed file must be stored first, so that for every referral, the bytes that leave
// the organisation are kept.
import { Refusal } from '#protocol/errors'
import type { NewEntry } from '#protocol/staff/case-log/bodies'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { parseB64 } from '#worker/parse'
import { hasReferralFile } from '#worker/store/cases/referral-files'
import { storeReferralRow } from './store-referral-row.ts'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`. `not_found`, including when the
 *   referral's file is missing. `unavailable` when R2 does not respond. `report_grew` when the
 *   person has written since the report was read. `case_key_changed` for a key other than the one
 *   that keyNoInUse selects. `case_merged`.
 */
export async function makeReferral(deps: StaffDeps, id: string, made: NewEntry): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), made.signed, {
    action: 'referral.make',
    subject: id,
  })
  const sealed = parseB64(made.sealed)
  await requireHash(sealed, change.entryHash)
  const hasFile = await hasReferralFile(deps.bucket, caseId, change.fileHash).catch(
    (cause: unknown) => {
      throw new Refusal('unavailable', { cause })
    },
  )
  if (!hasFile) throw new Refusal('not_found')
  await storeReferralRow(deps, caseId, { change, sealed, entry })
}
