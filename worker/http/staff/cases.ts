// Serves single reports, the heads of their case logs and the reply templates to the staff. Also
// stores changes to many cases, and the marks that show that a colleague is reading or writing.
import { Hono } from 'hono'
import { SealedReading } from '#protocol/staff/case-log/bodies'
import { CaseChanges, CaseHeadsOf } from '#protocol/staff/list/bulk'
import { readCaseHead } from '#worker/ledger/read-chains'
import { readReport } from '#worker/cases/read-report'
import { listTemplates } from '#worker/templates/set-template'
import { changeManyCases, readManyHeads } from '#worker/cases/change-many'
import { noteReading } from '#worker/cases/note-reading'
import { noteWriting } from '#worker/cases/note-writing'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const caseRoutes = new Hono<EdgeApp>()
  .get('/templates', async (c) => c.json(await listTemplates(await staffDepsFrom(c))))
  .get('/reports/:id', async (c) =>
    c.json(await readReport(await staffDepsFrom(c), c.req.param('id'))),
  )
  .get('/reports/:id/head', async (c) =>
    c.json(await readCaseHead(await staffDepsFrom(c), c.req.param('id'))),
  )
  .put('/reports/:id/reading', async (c) => {
    await noteReading(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SealedReading))
    return c.body(null, 204)
  })
  .put('/reports/:id/writing', async (c) => {
    await noteWriting(await staffDepsFrom(c), c.req.param('id'))
    return c.body(null, 204)
  })
  .post('/cases/heads', async (c) =>
    c.json(await readManyHeads(await staffDepsFrom(c), await bodyOf(c, CaseHeadsOf))),
  )
  .post('/cases/changes', async (c) =>
    c.json(await changeManyCases(await staffDepsFrom(c), await bodyOf(c, CaseChanges))),
  )
