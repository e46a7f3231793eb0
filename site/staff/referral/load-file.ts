// Fetches the file of a referral and opens it. The second colleague reads the file before signing.
// The colleague who has the case can hand the file out again.
import { Refusal } from '#protocol/errors'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import { fetchReferralFile } from '../api/receivers-api.ts'
import { openKeysOf, type CaseReader } from '../case/read/key-hashes.ts'
import { type LoadedReport } from '../case/read/load-report.ts'
import { type Referral } from '../case/read/referrals-of.ts'
import { openReferralFile } from '../crypto/referral-file.ts'
import { type MadeFile } from './made-file.ts'

/**
 * Returns exactly the bytes that were signed, and also the digits if the file is a page.
 *
 * @throws Refusal `cannot_open` without the key, and for an entry or bytes other than the signed
 *   ones. Also the codes for a network failure and for a refusal by the edge.
 */
export async function loadFile(
  by: CaseReader,
  { sealed, others }: Pick<LoadedReport, 'sealed' | 'others'>,
  { signed: { caseId, fileHash }, entry }: Pick<Referral, 'signed' | 'entry'>,
): Promise<MadeFile> {
  if (entry?.file.hash !== fileHash) throw new Refusal('cannot_open')
  const { way, digits, keyNo } = entry.file
  const keys = await openKeysOf(by, [sealed, ...others.map((each) => each.sealed)])
  const key = keys.get(caseKeyName({ caseId, keyNo }))
  if (!key) throw new Refusal('cannot_open')
  const bytes = await openReferralFile(key, fileHash, await fetchReferralFile(caseId, fileHash))
  return { way, digits, bytes }
}
