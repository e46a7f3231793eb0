// Stores the open alert and the news for a digest in R2. R2 keeps no history, so a time cannot be
// read once the edge has deleted its object. The two names never change, because reading a name is
// cheap and listing is not. When two writers write at once, only the first succeeds.
import * as z from 'zod/mini'
import { FIRST } from '../overflow/objects.ts'

const ALERT = 'alerts/open'
const NEWS = 'alerts/news'

const Alert = z.object({
  /** random id, to which an acknowledgement refers */
  id: z.string(),
  /** milliseconds since 1970 */
  since: z.number(),
  /** number of rounds of calls, including the first */
  rounds: z.number(),
  /** beginning of the last round, in milliseconds since 1970 */
  roundAt: z.number(),
  /** beginning of the last call of that round, in milliseconds since 1970 */
  calledAt: z.number(),
  /** names of the addresses and ids of the devices that accepted the call in the last round */
  reached: z.array(z.string()),
})
/** An alert that no colleague has acknowledged, without the ids or the number of reports. */
export type Alert = z.infer<typeof Alert>

/** An alert as stored in R2. The tag changes with each write. */
export interface KeptAlert extends Alert {
  etag: string
}

export async function findAlert(bucket: R2Bucket): Promise<KeptAlert | null> {
  const object = await bucket.get(ALERT)
  return object && { ...Alert.parse(await object.json()), etag: object.etag }
}

/** Opens an alert. Returns null when an alert is already open. */
export async function openAlert(bucket: R2Bucket, alert: Alert): Promise<KeptAlert | null> {
  // Reads before it writes, so that in a flood each report costs only one read.
  if (await bucket.head(ALERT)) return null
  return put(bucket, alert, FIRST)
}

/**
 * Changes an alert. Returns null and changes nothing when the alert has since been acknowledged or
 * changed.
 */
export const changeAlert = (
  bucket: R2Bucket,
  { etag, ...before }: KeptAlert,
  change: Partial<Alert>,
): Promise<KeptAlert | null> =>
  put(bucket, { ...before, ...change }, { onlyIf: { etagMatches: etag } })

async function put(
  bucket: R2Bucket,
  alert: Alert,
  options: R2PutOptions,
): Promise<KeptAlert | null> {
  const object = (await bucket.put(ALERT, JSON.stringify(alert), options)) as R2Object | null
  return object && { ...alert, etag: object.etag }
}

/** Deletes the alert with this id, and no other alert. */
export async function dropAlert(bucket: R2Bucket, id: string): Promise<void> {
  if ((await findAlert(bucket))?.id === id) await bucket.delete(ALERT)
}

const News = z.object({
  since: z.number(),
  /** ids of the devices that this digest has called */
  called: z.optional(z.array(z.string())),
})
/** A recorded arrival that no completed digest has covered yet. */
type News = z.infer<typeof News>

/** Records an arrival, unless an earlier arrival is already recorded. */
export async function noteNews(bucket: R2Bucket, news: News): Promise<void> {
  if (await bucket.head(NEWS)) return
  await bucket.put(NEWS, JSON.stringify(news), FIRST)
}

/** Returns the first arrival since the last digest, or null. */
export async function findNews(bucket: R2Bucket): Promise<News | null> {
  const object = await bucket.get(NEWS)
  return object && News.parse(await object.json())
}

export const dropNews = (bucket: R2Bucket): Promise<void> => bucket.delete(NEWS)
