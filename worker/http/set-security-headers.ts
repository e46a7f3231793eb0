// Sets security headers on every response, and allows any origin to call some addresses.
import { createMiddleware } from 'hono/factory'
import { API_POLICY, NO_STORE, SECURITY_HEADERS } from '#protocol/security-headers'
import { isReadable } from './require-https.ts'

/**
 * Addresses that any origin may call. A saved page has the origin `null`, and a page on a sibling
 * host has that host's origin. These addresses neither need nor use credentials. Every other
 * address is for the site's own origin only.
 */
export const OPEN_TO_ANY_ORIGIN = [
  '/api/keys',
  '/api/keys/hybrid',
  '/api/reports',
  '/api/inbox',
  '/api/inbox/destroy',
  '/api/files/*',
]

const RESOURCE_POLICY = 'Cross-Origin-Resource-Policy'

/**
 * Sets the headers. A page from the build keeps the policy with which it was built; other responses
 * get API_POLICY.
 */
export const secureHeaders = createMiddleware(async (c, next) => {
  await next()
  // Sets the headers on a copy, because the headers of an ASSETS response are immutable.
  const response = new Response(c.res.body, c.res)
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    if (name !== RESOURCE_POLICY || !response.headers.has(name)) response.headers.set(name, value)
  // Removes the header, which a server must not send over `http:` (RFC 6797, section 7.2).
  if (isReadable(c.req.url)) response.headers.delete('Strict-Transport-Security')
  if (!response.headers.has('Content-Security-Policy'))
    response.headers.set('Content-Security-Policy', API_POLICY)
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', NO_STORE)
  c.res = undefined
  c.res = response
})

/** Allows every origin to call an address in OPEN_TO_ANY_ORIGIN. */
export const anyOrigin = createMiddleware(async (c, next) => {
  if (c.req.method === 'OPTIONS')
    c.res = c.body(null, 204, {
      'Access-Control-Allow-Methods': 'GET, POST, PUT',
      'Access-Control-Allow-Headers': 'content-type, oasis-header, oasis-proof, oasis-write',
      'Access-Control-Max-Age': '86400',
    })
  else await next()
  c.res.headers.set('Access-Control-Allow-Origin', '*')
  c.res.headers.set(RESOURCE_POLICY, 'cross-origin')
})
