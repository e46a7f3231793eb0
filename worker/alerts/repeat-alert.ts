// Repeats an alert every few minutes until a colleague acknowledges it. After some repeats, the
// clock also calls the second address. If an address does not accept a call, the clock tries again
// after a minute. The retry calls each address that has not yet accepted a call in this round,
// including the second one. Each round calls the devices of the next person on duty: see
// calledInRound.
import { localMs } from '#content/clock.ts'
import { toB64 } from '#protocol/bytes'
import { calledInRound } from '#protocol/staff/alerts/rota'
import type { Deps } from '#worker/deps'
import { changeAlert, findAlert, type Alert } from '#worker/store/calls/open-alert'
import { deleteDevices, type StoredDevice } from '#worker/store/calls/devices'
import type { CallList } from '#worker/store/calls/call-list'
import {
  callForAlert,
  CALLED_AT_ONCE,
  devicesOf,
  findCallList,
  type Targets,
} from './call-targets.ts'
import { hasCarrier, type Address, type AlertSettings } from './settings.ts'

const MINUTE_MS = 60_000
/** A call that began within this time may still be running. */
const UNDER_WAY_MS = 15_000

/**
 * Runs every minute. A run without an alert reads R2 once. A run without a carrier never reads R2.
 */
export async function repeatAlert(deps: Deps): Promise<void> {
  const { bucket, alerts } = deps
  if (!hasCarrier(alerts)) return
  const alert = await findAlert(bucket)
  if (!alert) return
  const list = await findCallList(deps)
  const { change, targets } = nextStep(alert, alerts, list, deps.now())
  if (targets.addresses.length + targets.devices.length === 0 && change.rounds === undefined) return
  // Stores the step before the call, so that only one of two clock runs calls. An alert that was
  // acknowledged in the meantime remains acknowledged.
  const claimed = await changeAlert(bucket, alert, change)
  if (claimed) await deleteDevices(deps.db, await callForAlert(deps, claimed, list, targets))
}

interface Step {
  change: Partial<Alert>
  targets: Targets
}

function nextStep(
  alert: Alert,
  { addresses, everyMinutes, repeats }: AlertSettings,
  list: CallList | null,
  now: number,
): Step {
  if (minuteOf(now) - minuteOf(alert.roundAt) >= everyMinutes) {
    const rounds = alert.rounds + 1
    return {
      change: { rounds, roundAt: now, calledAt: now, reached: [] },
      targets: {
        addresses: calledIn(rounds, addresses, repeats),
        devices: inRound(list, rounds, now).slice(0, CALLED_AT_ONCE),
      },
    }
  }
  const isUnderWay = now - alert.calledAt < UNDER_WAY_MS
  const isMissing = ({ place }: Address): boolean => !alert.reached.includes(place)
  const isOwed = calledIn(alert.rounds, addresses, repeats).some(isMissing)
  return {
    change: { calledAt: now },
    targets: {
      addresses: isOwed && !isUnderWay ? addresses.filter(isMissing) : [],
      devices: isUnderWay ? [] : owedDevices(alert, list, now).slice(0, CALLED_AT_ONCE),
    },
  }
}

/**
 * Returns the devices of a round that accepted no call. While no device has accepted a call, the
 * devices of the next round are called too.
 */
function owedDevices(alert: Alert, list: CallList | null, now: number): StoredDevice[] {
  const isMissing = ({ id }: StoredDevice): boolean => !alert.reached.includes(toB64(id))
  const called = inRound(list, alert.rounds, now)
  const owed = called.filter(isMissing)
  if (owed.length < called.length) return owed
  const next = inRound(list, alert.rounds + 1, now)
  return [...owed, ...next.filter((device) => isMissing(device) && !owed.includes(device))]
}

const inRound = (list: CallList | null, round: number, now: number): StoredDevice[] =>
  list ? devicesOf(list, calledInRound(list, round, localMs(now))) : []

/** Lists the addresses of a round. The first round is not a repeat. */
const calledIn = (rounds: number, addresses: Address[], repeats: number): Address[] =>
  rounds - 1 > repeats ? addresses : addresses.slice(0, 1)

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS)
