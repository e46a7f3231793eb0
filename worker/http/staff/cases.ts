// Serves single reports to the staff, and stores changes of a case.
// Serves the head of a case's log, which the next signed change must follow.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import {
  Assignment,
  Merging,
  NewRecord,
  NewEntry,
  NewReply,
  SealedReading,
} from '#protocol/staff/case-bodies'
import { CaseChanges, CaseHeadsOf } from '#protocol/staff/bulk'
import { readCaseHead } from '#worker/ledger/read-chains'
import { addEntry } from '#worker/cases/add-entry'
import { storeReply } from '#worker/cases/store-reply'
import { readReport } from '#worker/cases/read-report'
import { setStatus } from '#worker/cases/set-status'
import { assignCase } from '#worker/cases/assign-case'
import { changeManyCases, readManyHeads } from '#worker/cases/change-many'
import { mergeCases } from '#worker/cases/merge-cases'
import { noteReading } from '#worker/cases/note-reading'
import { setDanger } from '#worker/cases/set-danger'
import { setRecord } from '#worker/cases/set-record'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const caseRoutes = new Hono<EdgeApp>()
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
  .post('/reports/:id/entries', async (c) => {
    await addEntry(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewEntry))
    return c.json({}, 201)
  })
  .post('/reports/:id/answers', async (c) => {
    await storeReply(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewReply))
    return c.json({}, 201)
  })
  .put('/reports/:id/records', async (c) => {
    await setRecord(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewRecord))
    return c.body(null, 204)
  })
  .put('/reports/:id/danger', async (c) => {
    await setDanger(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewEntry))
    return c.body(null, 204)
  })
  .put('/reports/:id/assignee', async (c) => {
    await assignCase(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, Assignment))
    return c.body(null, 204)
  })
  .post('/reports/:id/merge', async (c) => {
    await mergeCases(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, Merging))
    return c.body(null, 204)
  })
  .put('/reports/:id/reading', async (c) => {
    await noteReading(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SealedReading))
    return c.body(null, 204)
  })
  .post('/cases/heads', async (c) =>
    c.json(await readManyHeads(await staffDepsFrom(c), await bodyOf(c, CaseHeadsOf))),
  )
  .post('/cases/changes', async (c) =>
    c.json(await changeManyCases(await staffDepsFrom(c), await bodyOf(c, CaseChanges))),
  )
