// Sends a digest at set hours of the day, if a report has arrived since the last digest. The digest
// does not reveal how many reports arrived. The digest also contains digits from the hashes of the
// last checkpoint and of the ledger. People who do not run the server therefore receive these
// digits too.
import { localMs } from '#content/clock.ts'
import { fromB64, toB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { shownHash } from '#protocol/staff/people/digits'
import { CheckpointSign } from '#protocol/staff/ledger/keys'
import { calledByDigest } from '#protocol/staff/alerts/rota'
import type { Deps } from '#worker/deps'
import { dropNews, findNews, noteNews } from '#worker/store/calls/open-alert'
import { findLast, newestChange } from '#worker/store/ledger/chain-rows'
import { deleteDevices } from '#worker/store/calls/devices'
import { parseJson } from '#worker/parse'
import { CALLED_AT_ONCE, callTargets, devicesOf, findCallList } from './call-targets.ts'
import { hasCarrier } from './settings.ts'
import { checkpointSentence, ledgerSentence } from './templates.ts'

const HOUR_MS = 3_600_000

/**
 * Runs every minute. If no target accepts the call, the next run tries again. Each run calls only
 * some of the devices, and later runs call the rest. A person whose quiet hours cover this time
 * receives the next digest instead.
 */
export async function sendDigest(deps: Deps): Promise<void> {
  const { bucket, alerts, now } = deps
  if (!hasCarrier(alerts)) return
  const news = await findNews(bucket)
  if (news === null || news.since >= lastDigest(now(), alerts.digestHours)) return
  const list = await findCallList(deps)
  const called = news.called ?? []
  const due = devicesOf(list, list ? calledByDigest(list, localMs(now())) : []).filter(
    ({ id }) => !called.includes(toB64(id)),
  )
  const targets = {
    addresses: news.called ? [] : alerts.addresses.slice(0, 1),
    devices: due.slice(0, CALLED_AT_ONCE),
  }
  if (targets.addresses.length + targets.devices.length === 0) return
  // The recorded arrival is deleted before the call. The next digest therefore covers any report
  // that arrives during the call.
  await dropNews(bucket)
  const { reached, gone } = await callTargets(deps, list, targets, false, await addedTo(deps))
  if (reached.length === 0) await noteNews(bucket, news)
  else if (due.length > CALLED_AT_ONCE) {
    const done = [...called, ...targets.devices.map(({ id }) => toB64(id))]
    await noteNews(bucket, { since: news.since, called: done })
  }
  await deleteDevices(deps.db, gone)
}

/**
 * Returns digits from the hashes of the last checkpoint and of the ledger. Returns nothing when the
 * database fails.
 */
async function addedTo({ db, alerts: { lang } }: Deps): Promise<string> {
  try {
    const change = await newestChange(db, 'checkpoint.sign')
    const { seq, hash } = await findLast(db, null)
    return [
      change && checkpointSentence(lang, shownHash(fromB64(digestIn(change)))),
      seq > 0 && ledgerSentence(lang, seq, shownHash(hash)),
    ]
      .filter((sentence) => typeof sentence === 'string')
      .join('\n')
  } catch {
    return ''
  }
}

const digestIn = (change: string): string => parseJson(CheckpointSign, change).digest

/** Returns the time at which the last digest was due, or `-Infinity` when no hours are set. */
function lastDigest(ms: number, hours: readonly number[]): number {
  const midnight = ms - (localMs(ms) % DAY_MS)
  const moments = hours.flatMap((hour) => [
    midnight + hour * HOUR_MS,
    midnight - DAY_MS + hour * HOUR_MS,
  ])
  return Math.max(...moments.filter((moment) => moment <= ms))
}
