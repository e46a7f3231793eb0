// Calls a device by Web Push (RFC 8030). A library seals the number of the alert sentence to the
// browser (RFC 8291) and signs the call (RFC 8292). The provider can see when a call is made. All
// calls have the same length, headers and urgency, so that the provider cannot distinguish the
// kinds of call.
import { buildPushPayload } from '@block65/webcrypto-web-push'
import { numberOfAlert, type AlertText } from '#protocol/staff/alerts/alert-number'
import type { DeviceKeys, DeviceTrial } from '#protocol/staff/alerts/alerts'
import { providerOf } from './providers.ts'
import type { SigningKey } from './seal-device.ts'
import type { AlertSettings } from './settings.ts'

const TIMEOUT_MS = 5000
/** A phone that has been off for half a day still receives the call. */
const KEPT_SECONDS = 12 * 3600
/** A newer call replaces an older one at the provider. */
const TOPIC = 'waits'

/** Calls one device; never throws, and does not read the response. */
export async function callDevice(
  { link }: Pick<AlertSettings, 'link'>,
  key: SigningKey,
  { endpoint, ...keys }: DeviceKeys,
  topic: AlertText,
): Promise<DeviceTrial['outcome']> {
  if (providerOf(endpoint) === null) return 'malformed'
  try {
    const { headers, body } = await buildPushPayload(
      {
        data: numberOfAlert(topic),
        options: { ttl: KEPT_SECONDS, urgency: 'high', topic: TOPIC },
      },
      { endpoint, expirationTime: null, keys },
      { ...key, subject: link },
    )
    // The platform itself adds the Content-Length header.
    const sent = Object.entries(headers).filter(([name]) => name !== 'content-length')
    const response = await fetch(new URL(endpoint), {
      method: 'POST',
      headers: Object.fromEntries(sent),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    // The provider no longer has this browser's subscription (RFC 8030, section 7.3).
    if (response.status === 404 || response.status === 410) return 'gone'
    return response.ok ? 'reached' : 'refused'
  } catch {
    return 'silent'
  }
}
