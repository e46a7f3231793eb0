// Puts each report into the overflow only once, while the database cannot or should not accept
// reports. The waiting mark is set before and after a put, so that the drain does not overlook a
// report. See [Note: waiting mark] in waiting-mark.ts.
import { toB64 } from '#protocol/bytes'
import { FIRST, isCopyOf, type Waiting } from './objects.ts'
import { keyFor, keyWithoutProof } from './partitions.ts'
import { forgetMark } from './remembered-mark.ts'
import type { ArrivedReport } from '../reports/reports.ts'
import { readMark, writeWaits } from './waiting-mark.ts'

/**
 * Puts a report into its partition only once. A copy that already waits there is not changed. The
 * report is stored with grade 0 when another report waits under the same header id.
 */
export async function putWaiting(
  bucket: R2Bucket,
  report: ArrivedReport,
  { tokenHash, canBePromoted, cycle }: Waiting,
): Promise<void> {
  const { id, envelope, epoch, sealedBy, receivedDay } = report
  const key = keyFor(report, tokenHash !== null)
  const put = (name: string): Promise<R2Object | null> =>
    bucket.put(name, envelope, {
      ...FIRST,
      customMetadata: {
        'sealed-by': sealedBy,
        'received-day': receivedDay,
        'report-id': toB64(id),
        epoch: String(epoch),
        ...(tokenHash && { 'token-hash': toB64(tokenHash) }),
        ...(canBePromoted && { 'can-be-promoted': 'yes' }),
        ...(cycle !== null && { cycle: String(cycle) }),
      },
    })
  if ((await put(key)) !== null) return
  const present = await bucket.head(key)
  if (!present || !isCopyOf(present, id)) await put(keyWithoutProof(report))
}

/** Sets the mark, runs a put into the overflow, and sets the mark again. */
export async function putUnderMark<T>(bucket: R2Bucket, put: () => Promise<T>): Promise<T> {
  await setMark(bucket)
  const done = await put()
  // Ignores a failure, because R2 already has the object, and the sender need not send the report
  // again.
  await setMark(bucket).catch(() => undefined)
  return done
}

/** Sets the mark. If the mark is already set, the only call is one read. */
async function setMark(bucket: R2Bucket): Promise<void> {
  forgetMark(bucket)
  const mark = await readMark(bucket)
  if (mark.state === 'waits') return
  try {
    await writeWaits(bucket, { waiting: 1, aside: mark.aside })
  } catch (error) {
    // R2 refuses rapid writes to the same name. In that case another report has already set the
    // mark.
    if ((await readMark(bucket)).state !== 'waits') throw error
  }
}
