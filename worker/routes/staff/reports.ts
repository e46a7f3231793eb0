// The queue, a report, what the staff change in it, and the audit's head that a change is signed to follow.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff'
import { readAuditHead } from '#worker/audit/head'
import { saveCase } from '#worker/cases/save'
import { answerReporter } from '#worker/reports/answer'
import { countReports } from '#worker/reports/count'
import { openReport } from '#worker/reports/open'
import { listQueue } from '#worker/reports/queue'
import { setStatus } from '#worker/reports/set-status'
import type { App } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const reports = new Hono<App>()
  .get('/audit/head', async (c) => c.json(await readAuditHead(await staffDepsFrom(c))))
  .get('/counts', async (c) => c.json(await countReports(await staffDepsFrom(c))))
  .get('/reports', async (c) =>
    c.json(await listQueue(await staffDepsFrom(c), c.req.query('after') ?? null)),
  )
  .get('/reports/:id', async (c) =>
    c.json(await openReport(await staffDepsFrom(c), c.req.param('id'))),
  )
  .put('/reports/:id/status', async (c) => {
    await setStatus(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .put('/reports/:id/case', async (c) => {
    await saveCase(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/reports/:id/answers', async (c) => {
    await answerReporter(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.json({}, 201)
  })
