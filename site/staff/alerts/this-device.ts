// Starts and stops Web Push alerts in this browser. The browser first asks the person for
// permission.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type DeviceKeys } from '#protocol/staff/alerts/alerts'
import { deviceIdOf } from '#protocol/staff/alerts/rota'
import { constantAddress } from '../ui/constant-address.ts'

/** The service worker's address: see site/integrations/alert-worker.ts. */
const ALERT_WORKER = '/staff/alert-worker.js'

/**
 * `blocked`: the person has refused notifications, and only the browser's settings can allow them
 * again.
 */
export type DeviceState = { is: 'unable' | 'blocked' | 'off' } | { is: 'on'; id: string }

/** Returns true when this browser is set up to receive alerts. */
export async function readDevice(): Promise<DeviceState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return { is: 'unable' }
  if (Notification.permission === 'denied') return { is: 'blocked' }
  const subscription = await findSubscription()
  return subscription
    ? { is: 'on', id: toB64(await deviceIdOf(subscription.endpoint)) }
    : { is: 'off' }
}

async function findSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(ALERT_WORKER)
  return (await registration?.pushManager.getSubscription()) ?? null
}

/**
 * Subscribes this browser to alerts. The browser asks the person for permission first.
 *
 * @param applicationKey  the key that identifies the edge to the browser, base64url
 * @throws Refusal `device_refused` when the browser does not accept alerts, or when the person
 *   refuses
 */
export async function subscribeDevice(applicationKey: string): Promise<DeviceKeys> {
  try {
    await navigator.serviceWorker.register(workerAddress(), { scope: '/staff/' })
    const { pushManager } = await navigator.serviceWorker.ready
    const old = await pushManager.getSubscription()
    // A browser that is subscribed under one key refuses to subscribe under another.
    if (old && !hasKey(old, applicationKey)) await old.unsubscribe()
    return keysOf(
      await pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: fromB64(applicationKey),
      }),
    )
  } catch (cause) {
    throw new Refusal('device_refused', { cause })
  }
}

/** Stops alerts in this browser. Also removes the service worker. */
export async function unsubscribeDevice(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(ALERT_WORKER)
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  await registration?.unregister()
}

function hasKey({ options }: PushSubscription, applicationKey: string): boolean {
  const key = options.applicationServerKey
  return key !== null && toB64(new Uint8Array(key)) === applicationKey
}

const keyOf = (subscription: PushSubscription, name: PushEncryptionKeyName): Bytes =>
  new Uint8Array(subscription.getKey(name) ?? new ArrayBuffer(0))

const keysOf = (subscription: PushSubscription): DeviceKeys => ({
  endpoint: subscription.endpoint,
  p256dh: toB64(keyOf(subscription, 'p256dh')),
  auth: toB64(keyOf(subscription, 'auth')),
})

const workerAddress = (): string => constantAddress('alerts', ALERT_WORKER)
