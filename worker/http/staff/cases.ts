// Serves the queue and single reports to the staff, and stores changes of a report.
// Serves the head of a case's log, which a signed change must follow.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import { readCaseHead } from '#worker/ledger/read-chains'
import { saveCaseFile } from '#worker/cases/save-case-file'
import { storeReply } from '#worker/cases/store-reply'
import { countReports } from '#worker/cases/count-reports'
import { readReport } from '#worker/cases/read-report'
import { listQueue } from '#worker/cases/list-queue'
import { setStatus } from '#worker/cases/set-status'
import type { EdgeApp } from '../app.ts'
import { bodyOf, MAX_CASE_JSON_BYTES, staffDepsFrom } from './guard.ts'

export const caseRoutes = new Hono<EdgeApp>()
  .get('/counts', async (c) =>
    c.json(await countReports(await staffDepsFrom(c), c.req.query('report') ?? null)),
  )
  .get('/reports', async (c) =>
    c.json(await listQueue(await staffDepsFrom(c), c.req.query('after') ?? null)),
  )
  .get('/reports/:id', async (c) =>
    c.json(await readReport(await staffDepsFrom(c), c.req.param('id'))),
  )
  .get('/reports/:id/head', async (c) =>
    c.json(await readCaseHead(await staffDepsFrom(c), c.req.param('id'))),
  )
  .put('/reports/:id/status', async (c) => {
    await setStatus(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .put('/reports/:id/case', async (c) => {
    const deps = await staffDepsFrom(c)
    await saveCaseFile(deps, c.req.param('id'), await bodyOf(c, SignedChange, MAX_CASE_JSON_BYTES))
    return c.body(null, 204)
  })
  .post('/reports/:id/answers', async (c) => {
    await storeReply(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SignedChange))
    return c.json({}, 201)
  })
