// Moves objects from the overflow into quarantine, or to the partition for the grade of a passed
// check. Lists the quarantine. A key in quarantine ends in the report's id, because header ids may
// repeat there.
import { toB64, type Bytes } from '#protocol/bytes'
import { listFrom } from './lists.ts'
import { FIRST } from './objects.ts'
import {
  allKeysFor,
  isUrgent,
  keyOfChecked,
  PARTITIONS,
  partitionIn,
  QUARANTINE,
  type Partition,
} from './partitions.ts'

/** Moves an object into quarantine because the drain cannot check the object. */
export async function quarantine(
  bucket: R2Bucket,
  partition: Partition,
  key: string,
  id: Bytes,
): Promise<void> {
  const object = await bucket.get(key)
  if (object) await move(bucket, object, `${QUARANTINE}${partition}/${toB64(id)}`)
}

/**
 * Lists up to `limit` keys of the quarantine, starting at a random position and wrapping around.
 */
export async function listQuarantined(
  bucket: R2Bucket,
  limit: number,
  random: Bytes,
): Promise<string[]> {
  const partition = PARTITIONS[(random[0] ?? 0) % PARTITIONS.length] ?? '0'
  const start = `${QUARANTINE}${partition}/${toB64(random)}`
  return (await listFrom(bucket, QUARANTINE, limit, start)).map(({ key }) => key)
}

/**
 * Moves a report with a low grade to the partition of CHECKED_GRADE.
 *
 * @returns false when the report is not waiting
 */
export async function promoteWaiting(
  bucket: R2Bucket,
  id: Bytes,
  headerId: Bytes,
): Promise<boolean> {
  const present = await Promise.all(allKeysFor(id, headerId).map((key) => bucket.get(key)))
  const copies = present
    .filter((object) => object !== null)
    .filter(({ customMetadata }) => customMetadata?.['report-id'] === toB64(id))
    .filter(({ customMetadata }) => !customMetadata?.['token-hash'])
  for (const object of copies) {
    const partition = partitionIn(object.key)
    if (partition === null || object.customMetadata?.['is-checked']) continue
    const to = keyOfChecked({ id, danger: isUrgent(partition) })
    await move(bucket, object, to, { 'is-checked': 'yes' })
  }
  return copies.length > 0
}

/** Moves an object, and adds metadata to it. */
async function move(
  bucket: R2Bucket,
  object: R2ObjectBody,
  to: string,
  more: Record<string, string> = {},
): Promise<void> {
  await bucket.put(to, await object.arrayBuffer(), {
    ...FIRST,
    customMetadata: { ...object.customMetadata, ...more },
  })
  await bucket.delete(object.key)
}
