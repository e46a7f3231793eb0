// Sends a digest at a few hours of the day, if a report arrived since the last digest. The digest
// does not say how many reports arrived. The digest carries the beginning of the last checkpoint,
// so that people hold it outside of the server.
import { fromB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { shownHash } from '#protocol/staff/digits'
import { CheckpointSign } from '#protocol/staff/ledger-keys'
import type { Deps } from '#worker/deps'
import { dropNews, findNews, noteNews } from '#worker/store/alerts'
import { newestChange } from '#worker/store/chains'
import { parseJson } from '#worker/parse'
import { callAll } from './call-webhook.ts'
import { checkpointSentence } from './templates.ts'

const HOUR_MS = 3_600_000
/** Bishkek is six hours ahead of UTC all the year. */
const AHEAD_MS = 6 * HOUR_MS

/** Runs every minute. An address that does not accept the call is called again a minute later. */
export async function sendDigest(deps: Deps): Promise<void> {
  const { bucket, alerts, now } = deps
  if (alerts.addresses.length === 0) return
  const since = await findNews(bucket)
  if (since === null || since >= lastDigest(now(), alerts.digestHours)) return
  // Drops the note before the call, so that the next digest covers every arrival during the call.
  await dropNews(bucket)
  const digits = await checkpointDigits(deps)
  const added = digits && checkpointSentence(alerts.lang, digits)
  const reached = await callAll(deps, alerts.addresses.slice(0, 1), false, added)
  if (reached.length === 0) await noteNews(bucket, since)
}

/** Returns the digits of the last checkpoint; empty without one, or when the database fails. */
async function checkpointDigits({ db }: Deps): Promise<string> {
  try {
    const change = await newestChange(db, 'checkpoint.sign')
    return change === null ? '' : shownHash(fromB64(parseJson(CheckpointSign, change).digest))
  } catch {
    return ''
  }
}

/** Returns the time at which the last digest was due: `-Infinity` when no hours are set. */
function lastDigest(ms: number, hours: readonly number[]): number {
  const midnight = Math.floor((ms + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS
  const moments = hours.flatMap((hour) => [
    midnight + hour * HOUR_MS,
    midnight - DAY_MS + hour * HOUR_MS,
  ])
  return Math.max(...moments.filter((moment) => moment <= ms))
}
