// Serves the queue and its counts to the staff, and stores each person's seen marks and saved
// views.
import { Hono } from 'hono'
import { countReports } from '#worker/cases/count-reports'
import { listQueue } from '#worker/cases/list-queue'
import { listLeft } from '#worker/cases/list-left'
import { listLines } from '#worker/cases/list-lines'
import { noteSeen, takeSeenBack } from '#worker/cases/note-seen'
import { keepViews, readViews } from '#worker/cases/own-views'
import { SeenBack, SeenParts } from '#protocol/staff/list/queue'
import { NewViews } from '#protocol/staff/list/views'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const queueRoutes = new Hono<EdgeApp>()
  .get('/counts', async (c) =>
    c.json(await countReports(await staffDepsFrom(c), c.req.query('report') ?? null)),
  )
  .get('/reports', async (c) => {
    const [after, isLong] = [c.req.query('after') ?? null, c.req.query('all') === '1']
    return c.json(await listQueue(await staffDepsFrom(c), after, isLong))
  })
  .put('/reports/:id/seen', async (c) => {
    await noteSeen(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SeenParts))
    return c.body(null, 204)
  })
  .put('/reports/:id/seen/back', async (c) => {
    await takeSeenBack(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SeenBack))
    return c.body(null, 204)
  })
  .get('/lines', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.json(await listLines(deps, c.req.query('since') ?? null, c.req.query('after') ?? null))
  })
  .get('/cases/left', async (c) => c.json(await listLeft(await staffDepsFrom(c))))
  .get('/me/views', async (c) => c.json(await readViews(await staffDepsFrom(c))))
  .put('/me/views', async (c) => {
    await keepViews(await staffDepsFrom(c), await bodyOf(c, NewViews))
    return c.body(null, 204)
  })
