// Calls addresses and devices for an alert or a digest, and records which of them accepted the
// call.
import { toB64, type Bytes } from '#protocol/bytes'
import type { AlertText } from '#protocol/staff/alerts/alert-number'
import type { DeviceTrial } from '#protocol/staff/alerts/alerts'
import { changeAlerts } from '#worker/store/calls/open-alert'
import type { CallList } from '#worker/store/calls/call-list'
import type { StoredDevice } from '#worker/store/calls/devices'
import { readCallList } from '#worker/store/calls/call-list'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { callDevice } from './call-device.ts'
import { openDevice, openSigningKey } from './seal-device.ts'
import { callAddress } from './send-to-carrier.ts'
import type { Address } from './settings.ts'

/**
 * Maximum number of devices that one run calls. Sealing and signing a call take CPU time. The
 * remaining devices are called in the next run.
 */
export const CALLED_AT_ONCE = 12

export interface Targets {
  addresses: readonly Address[]
  devices: readonly StoredDevice[]
}

const NO_TARGETS: Targets = { addresses: [], devices: [] }

interface Reached {
  /** places of addresses, and ids of devices */
  reached: string[]
  /** devices that no longer receive calls */
  gone: Bytes[]
}

/**
 * Reads the devices that can be called through Web Push. Returns null if no secret is set or the
 * database does not respond.
 */
export async function findCallList({ db, alerts }: Deps): Promise<CallList | null> {
  if (alerts.pushSecret === null) return null
  const list = await withTimeout(() => readCallList(db))
  return list === NO_ANSWER ? null : list
}

/** Returns the devices of the given people, in the same order as the people. */
export const devicesOf = (list: CallList | null, people: readonly string[]): StoredDevice[] =>
  people.flatMap((person) => list?.devices.filter((each) => toB64(each.person) === person) ?? [])

/**
 * Calls all targets in parallel.
 *
 * @param loud  true when the call may wake a person
 * @param added  an extra sentence for addresses; empty if there is none
 */
export async function callTargets(
  { alerts }: Pick<Deps, 'alerts'>,
  list: CallList | null,
  { addresses, devices }: Targets,
  loud: boolean,
  added = '',
): Promise<Reached> {
  const [places, called] = await Promise.all([
    Promise.all(
      addresses.map(async (address) => ({
        name: address.place,
        ...(await callAddress(alerts, address, 'waits', loud, added)),
      })),
    ),
    callDevices({ alerts }, list?.sealedKey ?? null, devices, 'waits'),
  ])
  return {
    reached: [
      ...places.flatMap(({ name, outcome }) => (outcome === 'reached' ? [name] : [])),
      ...called.flatMap(({ id, outcome }) => (outcome === 'reached' ? [toB64(id)] : [])),
    ],
    gone: called.flatMap(({ id, outcome }) => (outcome === 'gone' ? [id] : [])),
  }
}

interface CalledDevice {
  id: Bytes
  person: Bytes
  outcome: DeviceTrial['outcome']
}

/** Calls devices. A device that was sealed under a different secret counts as gone. */
export async function callDevices(
  { alerts }: Pick<Deps, 'alerts'>,
  sealedKey: Bytes | null,
  devices: readonly StoredDevice[],
  topic: AlertText,
): Promise<CalledDevice[]> {
  const { pushSecret } = alerts
  if (pushSecret === null || devices.length === 0) return []
  const key = sealedKey && (await openSigningKey(pushSecret, sealedKey))
  return Promise.all(
    devices.map(async ({ id, person, sealed }) => {
      const device = await openDevice(pushSecret, id, sealed)
      const outcome = key && device ? await callDevice(alerts, key, device, topic) : 'gone'
      return { id, person, outcome }
    }),
  )
}

/**
 * Calls each target of the open alerts once, and records which targets accepted the call.
 *
 * @param calls  the targets of each alert, keyed by its id
 * @returns the devices that no longer receive calls
 */
export async function callForAlerts(
  deps: Deps,
  list: CallList | null,
  calls: ReadonlyMap<string, Targets>,
): Promise<Bytes[]> {
  const all = [...calls.values()]
  const targets = {
    addresses: [...new Set(all.flatMap(({ addresses }) => addresses))],
    devices: [...new Set(all.flatMap(({ devices }) => devices))].slice(0, CALLED_AT_ONCE),
  }
  const { reached, gone } = await callTargets(deps, list, targets, true)
  if (reached.length > 0)
    await changeAlerts(deps.bucket, (alerts) =>
      alerts.map((alert) => {
        const called = namesOf(calls.get(alert.id)).filter((name) => reached.includes(name))
        return { ...alert, reached: [...alert.reached, ...called] }
      }),
    )
  return gone
}

/** Returns the places of the addresses and the ids of the devices. */
const namesOf = ({ addresses, devices }: Targets = NO_TARGETS): string[] => [
  ...addresses.map(({ place }) => place),
  ...devices.map(({ id }) => toB64(id)),
]
