// Serves the sealed records of receivers, and replaces each record with a copy sealed under the
// newest team key.
import { Hono } from 'hono'
import { SealedReceiver } from '#protocol/staff/receivers'
import { keepReceiver, listReceivers } from '#worker/receivers/set-receiver'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const receiverRoutes = new Hono<EdgeApp>()
  .get('/receivers', async (c) => c.json(await listReceivers(await staffDepsFrom(c))))
  .put('/receivers/:id/sealed', async (c) => {
    const deps = await staffDepsFrom(c)
    await keepReceiver(deps, c.req.param('id'), await bodyOf(c, SealedReceiver))
    return c.body(null, 204)
  })
