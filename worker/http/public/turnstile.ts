// Serves GET and POST /api/check, the check that flood mode offers. Only the site's own origin can
// use the check.
import { Hono, type Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#protocol/errors'
import { ID_BYTES, MAX_TOKEN_BYTES } from '#protocol/limits'
import { promoteReport } from '#worker/turnstile/promote-report'
import { isOffered, requireTurnstile, type CheckKeys } from '#worker/turnstile/settings'
import { depsFrom, type EdgeApp } from '../app.ts'
import { octets } from '../body.ts'

const checkKeysFrom = (c: Context<EdgeApp>): CheckKeys => ({
  siteKey: c.env.TURNSTILE_SITE_KEY,
  secret: c.env.TURNSTILE_SECRET ?? '',
  verifyUrl: c.env.TURNSTILE_VERIFY_URL,
  hostname: new URL(c.req.url).hostname,
})

export const offersCheck = (c: Context<EdgeApp>): boolean => isOffered(checkKeysFrom(c))

const ownOrigin = createMiddleware<EdgeApp>(async (c, next) => {
  if (c.req.header('origin') !== new URL(c.req.url).origin) throw new Refusal('cross_site')
  await next()
})

export const checkRoutes = new Hono<EdgeApp>()
  .get('/', (c) => {
    const keys = checkKeysFrom(c)
    requireTurnstile(keys)
    return c.json({ siteKey: keys.siteKey })
  })
  .post('/', ownOrigin, async (c) => {
    const body = await octets(c.req.raw, 2 * ID_BYTES + MAX_TOKEN_BYTES)
    await promoteReport(depsFrom(c), checkKeysFrom(c), body)
    return c.body(null, 204)
  })
