// Adds, lists, tests and removes the devices that receive a staff member's alerts.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import {
  MAX_DEVICES,
  type DeviceKeys,
  type Devices,
  type DeviceTrial,
} from '#protocol/staff/alerts/alerts'
import { deviceIdOf } from '#protocol/staff/alerts/rota'
import { dayOf } from '#protocol/time'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import {
  deleteDevices,
  deleteOwnDevice,
  storeDevice,
  type StoredDevice,
} from '#worker/store/calls/devices'
import { readCallList, storeSigningKey } from '#worker/store/calls/call-list'
import { callDevices } from './call-targets.ts'
import { providerOf } from './providers.ts'
import {
  makeSigningKey,
  openDevice,
  openSigningKey,
  sealDevice,
  type SigningKey,
} from './seal-device.ts'

/**
 * Lists the person's own devices, and the people who have a device. Throws Refusal `not_allowed`.
 */
export async function listDevices(deps: StaffDeps): Promise<Devices> {
  requireRole(deps.actor, 'admin', 'intake')
  const { pushSecret } = deps.alerts
  if (pushSecret === null) return { applicationKey: null, own: [], reachable: [] }
  const { devices, reachable, sealedKey } = await readCallList(deps.db)
  const own = devices.filter(isOf(deps.actor.id))
  const { publicKey } = await findOrMakeKey(deps, pushSecret, sealedKey)
  return {
    applicationKey: publicKey,
    own: await Promise.all(
      own.map(async ({ id, sealed, addedDay }) => {
        const device = await openDevice(pushSecret, id, sealed)
        return { id: toB64(id), provider: device && providerOf(device.endpoint), addedDay }
      }),
    ),
    reachable: reachable.map((person) => ({
      person,
      devices: devices.filter((each) => toB64(each.person) === person).length,
    })),
  }
}

/** Returns the key that signs calls. Replaces a key that was sealed under a different secret. */
async function findOrMakeKey(
  { db }: StaffDeps,
  secret: Bytes,
  sealed: Bytes | null,
): Promise<SigningKey> {
  const found = sealed && (await openSigningKey(secret, sealed))
  if (found) return found
  const stored = await storeSigningKey(db, await makeSigningKey(secret), sealed)
  const key = await openSigningKey(secret, stored)
  if (!key) throw new Refusal('internal')
  return key
}

/**
 * Adds a device for the person, or updates its keys.
 *
 * @throws Refusal `not_allowed`. `not_found` when the edge has no push secret and so cannot call
 *   devices. `device_refused` for an address of an unknown provider. `devices_full` for a person
 *   who already has MAX_DEVICES other devices.
 */
export async function addOwnDevice(deps: StaffDeps, device: DeviceKeys): Promise<void> {
  requireRole(deps.actor, 'admin', 'intake')
  const { db, actor, alerts, now } = deps
  if (alerts.pushSecret === null) throw new Refusal('not_found')
  if (providerOf(device.endpoint) === null) throw new Refusal('device_refused')
  const id = await deviceIdOf(device.endpoint)
  const sealed = await sealDevice(alerts.pushSecret, id, device)
  const row: StoredDevice = { id, person: actor.id, sealed, addedDay: dayOf(now()) }
  if (!(await storeDevice(db, row, MAX_DEVICES))) throw new Refusal('devices_full')
}

/** Removes one of the person's devices. Throws Refusal `not_allowed`, `malformed`, `not_found`. */
export async function removeOwnDevice({ db, actor }: StaffDeps, id: string): Promise<void> {
  requireRole(actor, 'admin', 'intake')
  if (!(await deleteOwnDevice(db, actor.id, parseB64(id)))) throw new Refusal('not_found')
}

/**
 * Calls one of the person's devices with the test sentence. Removes the device if the provider no
 * longer has its subscription.
 *
 * @throws Refusal `not_allowed`, `not_found`
 */
export async function tryOwnDevice(deps: StaffDeps, id: string): Promise<DeviceTrial> {
  requireRole(deps.actor, 'admin', 'intake')
  const { devices, sealedKey } = await readCallList(deps.db)
  const wanted = devices.filter(isOf(deps.actor.id)).filter((device) => toB64(device.id) === id)
  const [called] = await callDevices(deps, sealedKey, wanted, 'test')
  if (!called) throw new Refusal('not_found')
  if (called.outcome === 'gone') await deleteDevices(deps.db, [called.id])
  return { outcome: called.outcome }
}

const isOf =
  (actor: Bytes) =>
  ({ person }: StoredDevice): boolean =>
    toB64(person) === toB64(actor)
