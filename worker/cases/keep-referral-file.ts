// Stores and reads the sealed file of a referral. Storing the file adds no row. A colleague can
// find the file only through a referral that contains its hash.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { requireHash } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findState } from '#worker/store/cases/growth'
import { findReferralFile, putReferralFile } from '#worker/store/cases/referral-files'

/**
 * @param hash  SHA-256 of the sealed bytes, base64url
 * @throws Refusal `not_allowed`, `malformed`, `not_found`, `unavailable`; `signature_refused` for
 *   bytes with a different hash; `case_merged`
 */
export async function keepReferralFile(
  deps: StaffDeps,
  id: string,
  hash: string,
  sealed: Bytes,
): Promise<void> {
  const caseId = await requireCase(deps, id)
  await requireHash(sealed, hash)
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  await putReferralFile(deps.bucket, caseId, hash, sealed).catch((cause: unknown) => {
    throw new Refusal('unavailable', { cause })
  })
}

/** @throws Refusal `not_allowed`, `malformed`, `not_found`, `unavailable` */
export async function readReferralFile(
  deps: StaffDeps,
  id: string,
  hash: string,
): Promise<ReadableStream> {
  const caseId = await requireCase(deps, id)
  // The hash becomes part of an object name in R2.
  parseB64(hash)
  const file = await findReferralFile(deps.bucket, caseId, hash).catch((cause: unknown) => {
    throw new Refusal('unavailable', { cause })
  })
  if (!file) throw new Refusal('not_found')
  return file
}
