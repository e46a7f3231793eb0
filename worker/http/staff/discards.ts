// Serves the reports waiting in R2, the discards, and the preview of a discard to the staff.
import { Hono } from 'hono'
import { DiscardPredicate } from '#protocol/staff/list/discard'
import { TakeIn } from '#protocol/staff/list/waiting'
import { listWaitingReports } from '#worker/cases/list-waiting'
import { previewDiscard } from '#worker/cases/preview-discard'
import { readDiscards } from '#worker/cases/sign-discard'
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
