// Notes an arrival after the report was stored. Danger raises an alert at once; the next digest
// covers other arrivals. The edge raises no second alert while one is open. So strangers
// cannot cause more calls than the clock does.
import { toB64 } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { noteNews, openAlert } from '#worker/store/alerts'
import { callAll, callWebhooks } from './call-webhook.ts'

/** Raises an alert for danger, or notes news for the digest. */
export async function noteArrival(deps: Deps, danger: boolean): Promise<void> {
  if (danger) await raiseAlert(deps)
  // Without an address there is no digest.
  else if (deps.alerts.addresses.length > 0)
    await withTimeout(() => noteNews(deps.bucket, deps.now()))
}

async function raiseAlert(deps: Deps): Promise<void> {
  const { bucket, alerts, now, random } = deps
  const at = now()
  const alert = await withTimeout(() =>
    openAlert(bucket, {
      id: toB64(random(ID_BYTES)),
      since: at,
      rounds: 1,
      roundAt: at,
      calledAt: at,
      reached: [],
    }),
  )
  const first = alerts.addresses.slice(0, 1)
  // An alert that R2 cannot store is never repeated, but it is called once.
  if (alert === NO_ANSWER) await callAll(deps, first, true)
  else if (alert) await callWebhooks(deps, alert, first)
}
