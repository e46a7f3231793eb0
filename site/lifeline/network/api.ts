// Sends every request of a lifeline page. Request bodies contain only sealed or derived bytes. The
// API contract defines the headers.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { within } from './timeout.ts'

/**
 * The time limit for one attempt. A frozen connection never fails by itself. Chromium replaces a
 * connection that has not responded to a ping for 10 s.
 */
export const TRY_MS = 12_000

export interface ApiResponse {
  status: number
  bytes: Bytes
  headers: Headers
}

let hosts = ['']
/**
 * Two positions in the list of hosts: one for requests without a body, and one for requests with a
 * body. The two begin at different hosts, so that tools do not share a connection with the page or
 * the report. Some networks freeze connections after a certain number of packets.
 */
const turns: [number, number] = [1, 0]

/**
 * Sets the hosts of the API: the origin of the site, then its siblings. A page that was opened from
 * a file must contain the site's origin. Other pages use their own origin.
 */
export const callAt = ([own, ...siblings]: string[]): void => {
  hosts = [/^http/.test(location.protocol) ? '' : (own as string), ...siblings]
}

const hostOf = (kind: 0 | 1): string => hosts[turns[kind] % hosts.length] as string

/**
 * Moves on to the next host, but only once for all calls that failed at the same host. A separate
 * step for each failed call could lead back to the failed host.
 */
const nextHost = (kind: 0 | 1, failed: string): void => {
  if (hostOf(kind) === failed) turns[kind]++
}

/**
 * Sends one request to the API: a POST with `body`, a GET without `body`. A request that exceeds
 * the time limit continues, but its response is ignored. After a failure, the next call uses the
 * next host.
 *
 * @param ms    the time limit for the request
 * @param init  additional options for fetch
 * @throws Refusal `network` when no complete response arrived in time
 */
export async function call(
  path: string,
  body?: Bytes,
  headers?: Record<string, string>,
  ms = TRY_MS,
  init?: RequestInit,
): Promise<ApiResponse> {
  const kind = body ? 1 : 0
  const host = hostOf(kind)
  const ask = async (): Promise<ApiResponse> => {
    const response = await fetch(host + path, {
      // With `omit`, the browser uses a separate connection for a POST. A GET to the page's own
      // host may share the page's connection.
      credentials: body ? 'omit' : 'same-origin',
      cache: 'no-store',
      ...(body && {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/octet-stream', ...headers },
      }),
      ...init,
    })
    if (response.status > 499) nextHost(kind, host)
    return {
      status: response.status,
      bytes: new Uint8Array(await response.arrayBuffer()),
      headers: response.headers,
    }
  }
  try {
    return await within(ms, 'network', ask())
  } catch {
    nextHost(kind, host)
    throw new Refusal('network')
  }
}
