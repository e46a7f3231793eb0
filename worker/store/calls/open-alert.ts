// Stores the open alerts and the news for a digest in R2. R2 keeps no history, so a time cannot be
// read once the edge has deleted the object that contains it. The names of the two objects never
// change, because reading an object by name is cheap and listing is not. When two writers write at
// the same time, only the first succeeds.
import * as z from 'zod/mini'
import { id } from '#protocol/staff/fields'
import { Taking } from '#protocol/staff/alerts/taking'
import { FIRST } from '../overflow/objects.ts'

const ALERTS = 'alerts/open'
const NEWS = 'alerts/news'
/** Number of attempts before a change is abandoned because other writers were faster. */
const TRIES = 6
/**
 * Maximum number of alerts that nobody has taken. Further reports of danger appear only in the list
 * of cases, so that strangers cannot fill the object.
 */
export const MAX_UNTAKEN = 5
/**
 * Maximum number of taken alerts. When a colleague takes one more alert, the oldest taken alert
 * ends.
 */
export const MAX_TAKEN_ALERTS = 32

const Kept = z.extend(Taking, {
  /** milliseconds since 1970, by the clock of the edge */
  sinceMs: z.number(),
  /** the case at the time when the alert was taken; null while the report waits in R2 */
  caseId: z.nullable(id),
  /** number of rows in the case log at that moment: only later rows can count as acts */
  rows: z.number(),
})

const Alert = z.object({
  /** random id, which is part of what a person signs when taking the alert */
  id,
  /** id of the report or follow-up that raised the alert */
  letter: id,
  /** milliseconds since 1970 */
  since: z.number(),
  /**
   * number of rounds of calls, including the first; 0 while the calls for another alert come first
   */
  rounds: z.number(),
  /** start of the last round, in milliseconds since 1970 */
  roundAt: z.number(),
  /** start of the last call of that round, in milliseconds since 1970 */
  calledAt: z.number(),
  /**
   * positions of the addresses, and ids of the devices, that accepted the call in the last round
   */
  reached: z.array(z.string()),
  /** the colleague who had the alert before these rounds; see calledAfter */
  after: z.nullable(id),
  /** null while nobody has taken the alert */
  taken: z.nullable(Kept),
})
/** An alert whose taker, if any, has not acted yet. */
export type Alert = z.infer<typeof Alert>

/** The open alerts as stored in R2, oldest first. */
export interface KeptAlerts {
  alerts: readonly Alert[]
  /** changes with each write; null if there is no object */
  etag: string | null
}

export async function findAlerts(bucket: R2Bucket): Promise<KeptAlerts> {
  const object = await bucket.get(ALERTS)
  if (!object) return { alerts: [], etag: null }
  return { alerts: z.array(Alert).parse(await object.json()), etag: object.etag }
}

/**
 * Replaces the alerts. Returns null and changes nothing when another writer has changed the alerts
 * in the meantime.
 */
export async function storeAlerts(
  bucket: R2Bucket,
  { etag }: KeptAlerts,
  alerts: readonly Alert[],
): Promise<KeptAlerts | null> {
  const condition = etag === null ? FIRST : { onlyIf: { etagMatches: etag } }
  const object = await bucket.put(ALERTS, JSON.stringify(alerts), condition)
  if (!object) return null
  if (alerts.length === 0) await bucket.delete(ALERTS)
  return { alerts, etag: alerts.length === 0 ? null : object.etag }
}

/**
 * Changes the alerts, and tries again when another writer was faster.
 *
 * @param change  returns null to change nothing
 * @returns false when nothing was changed
 */
export async function changeAlerts(
  bucket: R2Bucket,
  change: (alerts: readonly Alert[]) => readonly Alert[] | null,
): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried++) {
    const kept = await findAlerts(bucket)
    const changed = change(kept.alerts)
    if (!changed) return false
    if (await storeAlerts(bucket, kept, changed)) return true
  }
  return false
}

/**
 * Adds an alert.
 *
 * @returns `called` when no earlier alert is waiting to be taken, otherwise `waits`. `full` when
 *   the maximum number of alerts is already waiting, or when the alert is already stored.
 */
export async function addAlert(
  bucket: R2Bucket,
  alert: Alert,
): Promise<'called' | 'waits' | 'full'> {
  const outcome: { is: 'called' | 'waits' } = { is: 'waits' }
  const add = (): Promise<boolean> =>
    changeAlerts(bucket, (alerts) => {
      const untaken = alerts.filter(({ taken }) => taken === null)
      const isKnown = alerts.some(({ letter }) => letter === alert.letter)
      if (isKnown || untaken.length >= MAX_UNTAKEN) return null
      outcome.is = untaken.length === 0 ? 'called' : 'waits'
      const waiting = { ...alert, rounds: 0, roundAt: 0, calledAt: 0 }
      return [...alerts, outcome.is === 'called' ? alert : waiting]
    })
  if (!(await add())) return 'full'
  // R2 has no conditional delete, so a writer that emptied the list may have deleted this alert
  // too.
  if (!(await bucket.head(ALERTS))) await add()
  return outcome.is
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
