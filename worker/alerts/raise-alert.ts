// Records the arrival of a report that has just been stored. Danger raises an alert immediately;
// the next digest covers other arrivals. While an alert is waiting to be taken, the edge calls only
// for that alert. Later alerts wait until somebody takes the first one. Strangers therefore cannot
// cause more calls than the clock makes for a single alert.
import { localMs } from '#content/clock.ts'
import { toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { addAlert, noteNews } from '#worker/store/calls/open-alert'
import {
  callForAlerts,
  CALLED_AT_ONCE,
  callTargets,
  devicesOf,
  findCallList,
} from './call-targets.ts'
import { hasCarrier } from './settings.ts'
import { calledInRound } from '#protocol/staff/alerts/rota'

/**
 * Raises an alert for danger, or records news for the digest.
 *
 * @param letter  id of the report or follow-up
 */
export async function noteArrival(deps: Deps, danger: boolean, letter: Bytes): Promise<void> {
  if (danger) await raiseAlert(deps, letter)
  // Without any address or push secret, no digest can be sent, so the arrival is not recorded.
  else if (hasCarrier(deps.alerts))
    await withTimeout(() => noteNews(deps.bucket, { since: deps.now() }))
}

async function raiseAlert(deps: Deps, letter: Bytes): Promise<void> {
  const { bucket, alerts, now, random } = deps
  const at = now()
  const id = toB64(random(ID_BYTES))
  const added = await withTimeout(() =>
    addAlert(bucket, {
      ...{ id, letter: toB64(letter), since: at },
      ...{ rounds: 1, roundAt: at, calledAt: at, reached: [], after: null, taken: null },
    }),
  )
  if (added === 'waits' || added === 'full') return
  const list = await findCallList(deps)
  const people = list ? calledInRound(list, 1, localMs(at)) : []
  const targets = {
    addresses: alerts.addresses.slice(0, 1),
    devices: devicesOf(list, people).slice(0, CALLED_AT_ONCE),
  }
  // If R2 cannot store an alert, the edge calls once and never repeats the call.
  if (added === NO_ANSWER) await callTargets(deps, list, targets, true)
  else await callForAlerts(deps, list, new Map([[id, targets]]))
}
