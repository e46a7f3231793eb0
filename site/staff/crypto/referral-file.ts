// Seals and opens the file of a referral under the case key: exactly the bytes that left, with
// padding.
import { concat, readU32, sha256, toB64, u32, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LENGTH_BYTES } from '#protocol/limits'
import { REFERRAL_FILE_SIZES } from '#protocol/staff/case-log/bodies'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type OpenCaseKey } from './open-case-key.ts'

export interface SealedReferralFile {
  sealed: Bytes
  /** SHA-256 of `sealed`, base64url */
  hash: string
}

const labelOf = ({ caseId }: OpenCaseKey): string => `oasis/v1/referral-file ${caseId}`

/** @throws Refusal `file_empty` or `file_too_large` */
export async function sealReferralFile(
  key: OpenCaseKey,
  content: Bytes,
): Promise<SealedReferralFile> {
  if (content.length === 0) throw new Refusal('file_empty')
  const size = REFERRAL_FILE_SIZES.find((each) => each >= content.length + LENGTH_BYTES)
  if (size === undefined) throw new Refusal('file_too_large')
  const zeros = new Uint8Array(size - LENGTH_BYTES - content.length)
  const padded = concat(u32(content.length), content, zeros)
  const sealed = await sealWithKey(await key.entries(), labelOf(key), padded)
  return { sealed, hash: toB64(await sha256(sealed)) }
}

/**
 * Opens a file that the server sent.
 *
 * @param hash  the hash of the sealed bytes, from a signed row
 * @throws Refusal `cannot_open`, including for bytes other than the signed ones
 */
export async function openReferralFile(
  key: OpenCaseKey,
  hash: string,
  sealed: Bytes,
): Promise<Bytes> {
  if (toB64(await sha256(sealed)) !== hash) throw new Refusal('cannot_open')
  const padded = await openWithKey(await key.entries(), labelOf(key), sealed)
  const length = padded.length < LENGTH_BYTES ? Infinity : readU32(padded)
  if (length > padded.length - LENGTH_BYTES) throw new Refusal('cannot_open')
  return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length)
}
