// Every few minutes, repeats the first alert that nobody has taken. After some repeats, the clock
// also calls the second address. If an address does not accept a call, the clock tries again after
// a minute. The retry calls each address that has not yet accepted a call in this round, including
// the second address. Each round calls the devices of the next person on duty; see calledInRound.
// If a taker does not act, the calls resume: first to the taker, then to the next person on duty.
import { localMs } from '#content/clock.ts'
import { toB64 } from '#protocol/bytes'
import { calledAfter, calledInRound } from '#protocol/staff/alerts/rota'
import type { Deps } from '#worker/deps'
import { storeAlerts, type Alert } from '#worker/store/calls/open-alert'
import { deleteDevices, type StoredDevice } from '#worker/store/calls/devices'
import type { CallList } from '#worker/store/calls/call-list'
import { callForAlerts, devicesOf, findCallList, type Targets } from './call-targets.ts'
import { minutesBetween, settleAlerts } from './settle-alerts.ts'
import { hasCarrier, type Address, type AlertSettings } from './settings.ts'

/** A call that began less than this long ago may still be in progress. */
const UNDER_WAY_MS = 15_000

/**
 * Runs every minute. A run reads R2 once when there is no alert. A run never reads R2 when no
 * carrier is set up.
 */
export async function repeatAlert(deps: Deps): Promise<void> {
  const { bucket, alerts: settings } = deps
  if (!hasCarrier(settings)) return
  const open = await settleAlerts(deps)
  if (open.alerts.length === 0) return
  const now = deps.now()
  const calling: Calling = { settings, list: await findCallList(deps), now }
  const first = open.alerts.find(({ taken }) => taken === null)
  const steps = open.alerts.map((alert) =>
    alert === first || isLate(alert, calling) ? nextStep(alert, calling) : { alert, calls: null },
  )
  if (steps.every(({ calls }) => calls === null)) return
  // The step is stored before the call, so that only one of two concurrent clock runs makes the
  // call. A colleague who took an alert in the meantime keeps it.
  const next = steps.map(({ alert }) => alert)
  if (!(await storeAlerts(bucket, open, next))) return
  const calls = new Map(steps.flatMap(({ alert, calls }) => (calls ? [[alert.id, calls]] : [])))
  await deleteDevices(deps.db, await callForAlerts(deps, calling.list, calls))
}

interface Calling {
  settings: AlertSettings
  list: CallList | null
  now: number
}

interface Step {
  alert: Alert
  /** null when the step changes nothing */
  calls: Targets | null
}

/** Returns true when the taker has had the alert for too long without acting on it. */
const isLate = ({ taken }: Alert, { settings, now }: Calling): boolean =>
  taken !== null && minutesBetween(taken.sinceMs, now) >= settings.dangerMinutes

function nextStep(alert: Alert, calling: Calling): Step {
  const { settings, now } = calling
  const isAgain = alert.taken !== null && alert.after !== alert.taken.by
  if (isAgain || minutesBetween(alert.roundAt, now) >= settings.everyMinutes) {
    const begun = isAgain ? calledAgain(alert, calling) : { ...alert, rounds: alert.rounds + 1 }
    const next = { ...begun, roundAt: now, calledAt: now, reached: [] }
    return {
      alert: next,
      calls: targetsOf(next, calling),
    }
  }
  const isUnderWay = now - alert.calledAt < UNDER_WAY_MS
  const isMissing = ({ place }: Address): boolean => !alert.reached.includes(place)
  const isOwed = addressesIn(alert, settings).some(isMissing)
  const calls = {
    addresses: isOwed && !isUnderWay ? settings.addresses.filter(isMissing) : [],
    devices: isUnderWay ? [] : owedDevices(alert, calling),
  }
  return calls.addresses.length + calls.devices.length === 0
    ? { alert, calls: null }
    : { alert: { ...alert, calledAt: now }, calls }
}

/**
 * Restarts the rounds of an alert whose taker has not acted. A taker without a device cannot be
 * called again.
 */
function calledAgain(alert: Alert, calling: Calling): Alert {
  const again = { ...alert, after: alert.taken?.by ?? null, rounds: 0 }
  return devicesIn(again, calling).length > 0 ? again : { ...again, rounds: 1 }
}

/**
 * Returns the devices of a round that have not accepted a call. While no device has accepted a
 * call, the devices of the next round are called too.
 */
function owedDevices(alert: Alert, calling: Calling): StoredDevice[] {
  const isMissing = ({ id }: StoredDevice): boolean => !alert.reached.includes(toB64(id))
  const called = devicesIn(alert, calling)
  const owed = called.filter(isMissing)
  if (owed.length < called.length) return owed
  const next = devicesIn({ ...alert, rounds: alert.rounds + 1 }, calling)
  return [...owed, ...next.filter((device) => isMissing(device) && !owed.includes(device))]
}

function devicesIn({ after, rounds }: Alert, { list, now }: Calling): StoredDevice[] {
  if (!list) return []
  const at = localMs(now)
  const people =
    after === null ? calledInRound(list, rounds, at) : calledAfter(list, after, rounds, at)
  return devicesOf(list, people)
}

/**
 * Lists the addresses that are called in a round. The first round is not a repeat. Round 0 calls
 * only a person's devices, not an address.
 */
const addressesIn = (
  { rounds }: Alert,
  { addresses, repeats }: Pick<AlertSettings, 'addresses' | 'repeats'>,
): Address[] => (rounds === 0 ? [] : rounds - 1 > repeats ? addresses : addresses.slice(0, 1))

/** Returns the targets that are called immediately when a colleague gives the alert back. */
export const targetsOf = (alert: Alert, calling: Calling): Targets => ({
  addresses: addressesIn(alert, calling.settings),
  devices: devicesIn(alert, calling),
})
