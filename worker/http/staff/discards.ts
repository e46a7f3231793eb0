// Serves the reports that wait in R2 to the staff, and discards of many reports.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import { DiscardPredicate } from '#protocol/staff/discard'
import { TakeIn } from '#protocol/staff/waiting'
import { listWaitingReports } from '#worker/cases/list-waiting'
import { previewDiscard } from '#worker/cases/preview-discard'
import { endDiscard, readDiscards, signDiscard } from '#worker/cases/sign-discard'
import { takeIn } from '#worker/cases/take-in'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const discardRoutes = new Hono<EdgeApp>()
  .get('/waiting', async (c) => {
    const deps = await staffDepsFrom(c)
    const [partition, after] = [c.req.query('partition') ?? null, c.req.query('after') ?? null]
    return c.json(await listWaitingReports(deps, partition, after))
  })
  .post('/waiting/take-in', async (c) => {
    await takeIn(await staffDepsFrom(c), await bodyOf(c, TakeIn))
    return c.body(null, 204)
  })
  .get('/discards', async (c) => c.json(await readDiscards(await staffDepsFrom(c))))
  .post('/discards/preview', async (c) =>
    c.json(await previewDiscard(await staffDepsFrom(c), await bodyOf(c, DiscardPredicate))),
  )
  .post('/discards/:id', async (c) => {
    await signDiscard(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.json({}, 201)
  })
  .post('/discards/:id/withdraw', async (c) => {
    await endDiscard(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
