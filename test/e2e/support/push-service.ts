// Imitates a Web Push provider for a page, because tests must not call other hosts.
import type { Page } from '@playwright/test'

const ADDRESS = 'https://fcm.googleapis.com/fcm/send/'

/** Provides the page with a subscription of this name, and allows notifications. */
export async function imitateProvider(page: Page, origin: string, name: string): Promise<void> {
  await page.context().grantPermissions(['notifications'], { origin })
  await page.evaluate(imitate, `${ADDRESS}${name}`)
}

function imitate(endpoint: string): void {
  let held: object | null = null
  const proto = PushManager.prototype
  proto.subscribe = async (options) => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
      'deriveBits',
    ])
    const keys = {
      p256dh: await crypto.subtle.exportKey('raw', pair.publicKey),
      auth: crypto.getRandomValues(new Uint8Array(16)).buffer,
    }
    held = {
      endpoint,
      options,
      getKey: (key: 'p256dh' | 'auth') => keys[key],
      unsubscribe: () => {
        held = null
        return Promise.resolve(true)
      },
    }
    return held as PushSubscription
  }
  proto.getSubscription = () => Promise.resolve(held as PushSubscription | null)
}
