// Opens the file of a referral again: for the second colleague before signing, and for whoever
// gives it away. The bytes must be the signed ones.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { ReferralEntry } from '#protocol/staff/case-log/referral'
import { fetchReferralFile } from '../../api/receivers-api.ts'
import { openReferralFile } from '../../crypto/referral-file.ts'
import { openKeysOf, type CaseReader } from './key-hashes.ts'
import { threadsOf } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'
import { type Referral } from './referrals-of.ts'

/** A file as it leaves, and the digits of a page. */
type OpenedFile = Pick<ReferralEntry['file'], 'way' | 'digits'> & { bytes: Bytes }

/**
 * Fetches and opens the file of a referral.
 *
 * @throws Refusal `cannot_open` without the key of the file, for an entry that does not open, and
 *   for other bytes than the signed ones
 */
export async function openReferral(
  by: CaseReader,
  loaded: LoadedReport,
  { signed: { caseId, fileHash }, entry }: Pick<Referral, 'signed' | 'entry'>,
): Promise<OpenedFile> {
  if (!entry) throw new Refusal('cannot_open')
  const { keyNo, way, digits } = entry.file
  const keys = await openKeysOf(
    by,
    threadsOf(loaded).map(({ sealed }) => sealed),
  )
  const key = keys.get(caseKeyName({ caseId, keyNo }))
  if (!key) throw new Refusal('cannot_open')
  const bytes = await openReferralFile(key, fileHash, await fetchReferralFile(caseId, fileHash))
  return { way, bytes, digits }
}
