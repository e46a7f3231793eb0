// POST /api/inbox and /api/inbox/destroy: the same answer for every number.
import { Hono } from 'hono'
import { destroyThread } from '#worker/inbox/destroy'
import { readInbox } from '#worker/inbox/read'
import { depsFrom, type App } from './app.ts'
import { octets } from './body.ts'

/** More than any call here needs: a little too long is malformed, a lot is not read. */
const SMALL_BODY = 1024

export const inbox = new Hono<App>()
  .post('/', async (c) => {
    const sealedAnswer = await readInbox(depsFrom(c), await octets(c.req.raw, SMALL_BODY))
    return c.body(sealedAnswer, 200, { 'Content-Type': 'application/octet-stream' })
  })
  .post('/destroy', async (c) => {
    await destroyThread(depsFrom(c), await octets(c.req.raw, SMALL_BODY))
    return c.body(null, 204)
  })
