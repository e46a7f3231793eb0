// Simulates a Web Push provider, because tests must not call other hosts. The page subscribes to
// the simulated provider, and the worker calls a carrier on this machine instead.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { testWorkers } from '#scripts/shared/paths'

const HOST = 'fcm.googleapis.com'
const PATH = '/fcm/send/'

/** Gives the page a subscription with this name, and allows notifications. */
export async function imitateProvider(page: Page, origin: string, name: string): Promise<void> {
  await page.context().grantPermissions(['notifications'], { origin })
  await page.evaluate(imitate, `https://${HOST}${PATH}${name}`)
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

/** Copies the bundled workers, so that their calls to the provider go to `carrier`. */
export function redirectPushCalls(folder: string, carrier: string): string {
  rmSync(folder, { recursive: true, force: true })
  cpSync(testWorkers, folder, { recursive: true })
  const path = join(folder, 'site', 'index.js')
  const redirect = `const outside = fetch
globalThis.fetch = (to, how) => {
  const { hostname, pathname } = new URL(to instanceof Request ? to.url : to)
  return outside(hostname === '${HOST}' ? '${carrier}' + pathname : to, how)
}
`
  writeFileSync(path, redirect + readFileSync(path, 'utf8'))
  return folder
}

/** The path of a call to the subscription with this name. */
export const pathOfDevice = (name: string): string => PATH + name
