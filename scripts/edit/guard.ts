// Decides whether the server of `npm run edit` handles a request. Only the browser that opened the
// printed address may read or write, and only from the editor's own page.
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Guard {
  /** The address and port of the server, as a browser sends them. */
  host: string
  /** The secret of this run. */
  key: string
}

/**
 * The name of the cookie contains the port, because a cookie is valid for all ports of an address.
 */
export const cookieName = ({ host }: Guard): string => `edit-${host.split(':')[1] ?? ''}`

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** True when the request's address contains the secret, as it does in a browser's first request. */
export const opensWith = (guard: Guard, url: URL): boolean =>
  isSame(url.searchParams.get('key') ?? '', guard.key)

/** True when the request is addressed to this server, so that no other host name can reach it. */
export const isOurHost = (guard: Guard, request: IncomingMessage): boolean =>
  request.headers.host === guard.host

/** True when the request has the secret and, if it changes something, comes from our own page. */
export function isAllowed(guard: Guard, request: IncomingMessage): boolean {
  const cookies = (request.headers.cookie ?? '').split(/; */)
  const prefix = `${cookieName(guard)}=`
  const own = cookies.find((each) => each.startsWith(prefix))?.slice(prefix.length) ?? ''
  if (!isSame(own, guard.key)) return false
  return request.method === 'GET' || request.headers.origin === `http://${guard.host}`
}
