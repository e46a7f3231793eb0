// Stores the sealed file of each referral in R2, under its hash. R2 keeps no history, and the files
// of a case become unreadable when its secret is deleted.
import { toB64, type Bytes } from '#protocol/bytes'

const folderOf = (caseId: Bytes): string => `referrals/${toB64(caseId)}/`
const nameOf = (caseId: Bytes, hash: string): string => `${folderOf(caseId)}${hash}`

/** @param hash  SHA-256 of the bytes, base64url */
export async function putReferralFile(
  bucket: R2Bucket,
  caseId: Bytes,
  hash: string,
  sealed: Bytes,
): Promise<void> {
  await bucket.put(nameOf(caseId, hash), sealed)
}

export const hasReferralFile = async (
  bucket: R2Bucket,
  caseId: Bytes,
  hash: string,
): Promise<boolean> => (await bucket.head(nameOf(caseId, hash))) !== null

export async function findReferralFile(
  bucket: R2Bucket,
  caseId: Bytes,
  hash: string,
): Promise<ReadableStream | null> {
  return (await bucket.get(nameOf(caseId, hash)))?.body ?? null
}

/** Deletes the files of a case that ended; R2 lists at most 1,000 of them in one call. */
export async function dropReferralFiles(bucket: R2Bucket, caseId: Bytes): Promise<void> {
  for (;;) {
    const { objects } = await bucket.list({ prefix: folderOf(caseId) })
    if (objects.length === 0) return
    await bucket.delete(objects.map(({ key }) => key))
  }
}
