// GET and POST /api/check: the check that flood mode offers. For our own pages only: no other origin is answered.
import { Hono, type Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#protocol/errors'
import { ID_BYTES, MAX_TOKEN_BYTES } from '#protocol/limits'
import { liftReport } from '#worker/check/lift'
import { isOffered, requireOffer, type CheckKeys } from '#worker/check/offer'
import { depsFrom, type App } from './app.ts'
import { octets } from './body.ts'

const checkKeysFrom = (c: Context<App>): CheckKeys => ({
  siteKey: c.env.TURNSTILE_SITE_KEY,
  secret: c.env.TURNSTILE_SECRET ?? '',
  verifyUrl: c.env.TURNSTILE_VERIFY_URL,
  hostname: new URL(c.req.url).hostname,
})

export const offersCheck = (c: Context<App>): boolean => isOffered(checkKeysFrom(c))

const ownOrigin = createMiddleware<App>(async (c, next) => {
  if (c.req.header('origin') !== new URL(c.req.url).origin) throw new Refusal('cross_site')
  await next()
})

export const check = new Hono<App>()
  .get('/', (c) => {
    const keys = checkKeysFrom(c)
    requireOffer(keys)
    return c.json({ siteKey: keys.siteKey })
  })
  .post('/', ownOrigin, async (c) => {
    const asked = await octets(c.req.raw, ID_BYTES + MAX_TOKEN_BYTES)
    await liftReport(depsFrom(c), checkKeysFrom(c), asked)
    return c.body(null, 204)
  })
