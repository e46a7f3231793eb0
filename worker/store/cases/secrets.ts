// Stores the secret of each case in R2, which keeps no history. A case's keys can be opened only
// with its secret, so a database restore cannot bring a deleted case back.
import { asc, inArray } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import type { Database } from '../database.ts'
import { FIRST } from '../overflow/objects.ts'
import { endedCases } from '../schema/cases.ts'
import { dropReferralFiles } from './referral-files.ts'
import { casesWithReferrals } from './referrals.ts'

const keyOf = (caseId: Bytes): string => `secrets/${toB64(caseId)}`

/** Returns a case's secret, or null. */
export async function findCaseSecret(bucket: R2Bucket, caseId: Bytes): Promise<Bytes | null> {
  const object = await bucket.get(keyOf(caseId))
  return object ? new Uint8Array(await object.arrayBuffer()) : null
}

/** Stores a secret once. @returns the case's secret, which a colleague may already have stored */
export async function keepCaseSecret(
  bucket: R2Bucket,
  caseId: Bytes,
  secret: Bytes,
): Promise<Bytes | null> {
  const stored = await bucket.put(keyOf(caseId), secret, FIRST)
  return stored ? secret : findCaseSecret(bucket, caseId)
}

/**
 * Number of cases that one run of the chores handles. R2 deletes up to 1,000 objects in one call.
 */
const ENDED_AT_ONCE = 50

/** Deletes the secrets of cases whose keys were deleted, after the files of their referrals. */
export async function dropEndedSecrets(db: Database, bucket: R2Bucket): Promise<void> {
  const ended = await db
    .select()
    .from(endedCases)
    .orderBy(asc(endedCases.caseId))
    .limit(ENDED_AT_ONCE)
  if (ended.length === 0) return
  const ids = ended.map(({ caseId }) => caseId)
  for (const id of await casesWithReferrals(db, ids)) await dropReferralFiles(bucket, id)
  await bucket.delete(ids.map(keyOf))
  await db.delete(endedCases).where(inArray(endedCases.caseId, ids))
}
