// Counts the objects in the overflow that are sealed to the keys of the given epochs. Reads the
// waiting mark first, so that R2 is not listed while nothing waits. The quarantine is not counted,
// because it contains no letter that is sealed to a known epoch and key.
import { WAITING_SHOWN } from '#protocol/staff/list/counts'
import { OVERFLOW } from './partitions.ts'
import { isMarked } from './waiting-mark.ts'

/** Maximum number of list calls for one count. Each call costs as much as a write. */
const LISTS = 3

/**
 * Counts up to WAITING_SHOWN objects. A result of WAITING_SHOWN means "that many or more". An
 * object without a recorded epoch counts for every epoch. Returns at least 1 if the list calls do
 * not reach the end of the overflow.
 */
export async function countWaitingOf(bucket: R2Bucket, epochs: readonly number[]): Promise<number> {
  if (epochs.length === 0 || !(await isMarked(bucket))) return 0
  const isOfEpochs = ({ customMetadata }: R2Object): boolean => {
    const noted = customMetadata?.['epoch']
    return noted === undefined || epochs.includes(Number(noted))
  }
  let counted = 0
  let last = ''
  for (let list = 0; list < LISTS; list++) {
    const { objects, truncated } = await bucket.list({
      prefix: OVERFLOW,
      include: ['customMetadata'],
      ...(last !== '' && { startAfter: last }),
    })
    counted += objects.filter(isOfEpochs).length
    if (counted >= WAITING_SHOWN) return WAITING_SHOWN
    if (!truncated) return counted
    last = objects.at(-1)?.key ?? last
  }
  return Math.max(counted, 1)
}
