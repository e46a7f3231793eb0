// The only door to the network. Nothing goes out but bytes that are sealed or derived, and the headers of the contract.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { within } from './time.ts'

/** One try may take this long: a frozen connection never fails by itself. */
export const TRY_MS = 8000

export interface Reply {
  status: number
  bytes: Bytes
  headers: Headers
}

let hosts = ['']
let turn = 0

/** Where our API is: the origin of the site, then its siblings. Only a page that was opened from a file has to name its own. */
export const callAt = ([own, ...siblings]: string[]): void => {
  hosts = [/^http/.test(location.protocol) ? '' : (own as string), ...siblings]
}

const hostNow = (): string => hosts[turn % hosts.length] as string

/** Of several calls that fail at one host together, only one moves on: each its own step could lead back to that host. */
const nextHost = (failed: string): void => {
  if (hostNow() === failed) turn++
}

/**
 * Asks our own API, once: a GET without `body`, a POST of bytes with it. After a failure the next call goes to the next host.
 *
 * @param ms    how long it may take
 * @param init  what else is asked of the browser
 * @throws Refusal `network` when there is no whole reply by then
 */
export async function call(
  path: string,
  body?: Bytes,
  headers?: HeadersInit,
  ms = TRY_MS,
  init?: RequestInit,
): Promise<Reply> {
  // Safari 11.1 has none; there a try that came too late is left to itself.
  const abort = typeof AbortController === 'function' && new AbortController()
  const host = hostNow()
  const ask = async (): Promise<Reply> => {
    const response = await fetch(host + path, {
      // Only so a browser opens a connection for it that carries nothing else: what is fetched may come with the page's own.
      credentials: body ? 'omit' : 'same-origin',
      cache: 'no-store',
      ...(abort && { signal: abort.signal }),
      ...(body && {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/octet-stream', ...headers },
      }),
      ...init,
    })
    if (response.status > 499) nextHost(host)
    return {
      status: response.status,
      bytes: new Uint8Array(await response.arrayBuffer()),
      headers: response.headers,
    }
  }
  try {
    return await within(ms, 'network', ask())
  } catch {
    nextHost(host)
    if (abort) abort.abort()
    throw new Refusal('network')
  }
}
