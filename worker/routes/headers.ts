// Security headers on every answer, and the doors that are open to a page saved on somebody's phone.
import { createMiddleware } from 'hono/factory'
import { API_POLICY, NO_STORE, SECURITY_HEADERS } from '#protocol/security-headers'
import type { App } from './app.ts'

/**
 * A page saved on a phone has the origin `null`, and a page of a sibling host has that host's: both may ask here, without
 * credentials, and nothing here has any. Everything else is for our own origin alone.
 */
export const OPEN_TO_ANY_ORIGIN = [
  '/api/keys',
  '/api/reports',
  '/api/inbox',
  '/api/inbox/destroy',
  '/api/files/*',
]

const RESOURCE_POLICY = 'Cross-Origin-Resource-Policy'

/** A page of the build brings its own policy and keeps it; everything else gets the policy of an answer that is no page. */
export const secureHeaders = createMiddleware<App>(async (c, next) => {
  await next()
  // Answers of ASSETS are sealed: only a copy takes new headers.
  const answer = new Response(c.res.body, c.res)
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    if (name !== RESOURCE_POLICY || !answer.headers.has(name)) answer.headers.set(name, value)
  if (!answer.headers.has('Content-Security-Policy'))
    answer.headers.set('Content-Security-Policy', API_POLICY)
  if (!answer.headers.has('Cache-Control')) answer.headers.set('Cache-Control', NO_STORE)
  c.res = undefined
  c.res = answer
})

/** For the addresses of OPEN_TO_ANY_ORIGIN. */
export const anyOrigin = createMiddleware<App>(async (c, next) => {
  if (c.req.method === 'OPTIONS')
    c.res = c.body(null, 204, {
      'Access-Control-Allow-Methods': 'GET, POST, PUT',
      'Access-Control-Allow-Headers': 'content-type, oasis-proof, oasis-write',
      'Access-Control-Max-Age': '86400',
    })
  else await next()
  c.res.headers.set('Access-Control-Allow-Origin', '*')
  c.res.headers.set(RESOURCE_POLICY, 'cross-origin')
})
