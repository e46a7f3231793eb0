// Judges objects in quarantine again, because the organisation may have published the missing key.
// No object stays in quarantine without being judged again.
import { Refusal } from '#protocol/errors'
import { DAY_MS, ID_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { readWaiting } from '#worker/store/overflow'
import { listQuarantined } from '#worker/store/overflow-moves'
import { partitionIn } from '#worker/store/partitions'
import { storeWaiting, type Drain } from './store-waiting.ts'

/** The most objects in quarantine. The drain judges further objects in the overflow. */
export const MAX_QUARANTINED = 500
/** Days after which the clock deletes an object of an unknown epoch or key: nobody can open it. */
const QUARANTINE_DAYS = 90

/** Judges up to `limit` objects, starting at a random one. */
export async function judgeQuarantine(drain: Drain, limit: number): Promise<void> {
  if (limit <= 0) return
  const { bucket, now, random } = drain.deps
  const lastDay = dayOf(now() - QUARANTINE_DAYS * DAY_MS)
  for (const key of await listQuarantined(bucket, limit, random(ID_BYTES)))
    if (await isDone(drain, key, lastDay)) drain.done.push(key)
}

/** Judges one object. @returns true when R2 can delete the object: stored, or too old */
async function isDone(drain: Drain, key: string, lastDay: string): Promise<boolean> {
  const partition = partitionIn(key)
  const waiting = partition && (await readWaiting(drain.deps.bucket, key))
  if (!waiting) return false
  try {
    return await storeWaiting(drain, partition, waiting)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return waiting.receivedDay < lastDay
  }
}
