// Serves the queue and single reports to the staff, and stores changes of a case.
// Serves the head of a case's log, which a signed change must follow.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import {
  Assignment,
  Merging,
  NewRecord,
  NewCaseKey,
  NewEntry,
  NewLetter,
  NewReply,
  NewTaking,
  SealedReading,
} from '#protocol/staff/case-bodies'
import { CaseChanges, CaseHeadsOf } from '#protocol/staff/bulk'
import { Rewrapping } from '#protocol/staff/case-pages'
import { readCaseHead } from '#worker/ledger/read-chains'
import { addEntry } from '#worker/cases/add-entry'
import { listUntakenLetters } from '#worker/cases/list-untaken'
import { acceptCaseKey } from '#worker/cases/accept-case-key'
import { readCaseKeys, rewrapCaseKeys } from '#worker/cases/rewrap-case-keys'
import { acceptLetters } from '#worker/cases/accept-letters'
import { storeReply } from '#worker/cases/store-reply'
import { countReports } from '#worker/cases/count-reports'
import { readReport } from '#worker/cases/read-report'
import { listQueue } from '#worker/cases/list-queue'
import { setStatus } from '#worker/cases/set-status'
import { assignCase } from '#worker/cases/assign-case'
import { changeManyCases, readManyHeads } from '#worker/cases/change-many'
import { enterLetter } from '#worker/cases/enter-letter'
import { listLeft } from '#worker/cases/list-left'
import { listLines } from '#worker/cases/list-lines'
import { mergeCases } from '#worker/cases/merge-cases'
import { noteReading } from '#worker/cases/note-reading'
import { noteSeen } from '#worker/cases/note-seen'
import { setDanger } from '#worker/cases/set-danger'
import { setRecord } from '#worker/cases/set-record'
import { keepViews, readViews } from '#worker/cases/own-views'
import { SeenParts } from '#protocol/staff/queue'
import { NewViews } from '#protocol/staff/views'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const caseRoutes = new Hono<EdgeApp>()
  .get('/counts', async (c) =>
    c.json(await countReports(await staffDepsFrom(c), c.req.query('report') ?? null)),
  )
  .get('/reports', async (c) => {
    const [after, isLong] = [c.req.query('after') ?? null, c.req.query('all') === '1']
    return c.json(await listQueue(await staffDepsFrom(c), after, isLong))
  })
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
  .post('/reports/:id/keys', async (c) => {
    await acceptCaseKey(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewCaseKey))
    return c.json({}, 201)
  })
  .post('/reports/:id/letters', async (c) => {
    await acceptLetters(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewTaking))
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
  .put('/reports/:id/seen', async (c) => {
    await noteSeen(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SeenParts))
    return c.body(null, 204)
  })
  .put('/reports/:id/reading', async (c) => {
    await noteReading(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, SealedReading))
    return c.body(null, 204)
  })
  .get('/lines', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.json(await listLines(deps, c.req.query('since') ?? null, c.req.query('after') ?? null))
  })
  .get('/cases/left', async (c) => c.json(await listLeft(await staffDepsFrom(c))))
  .post('/cases/heads', async (c) =>
    c.json(await readManyHeads(await staffDepsFrom(c), await bodyOf(c, CaseHeadsOf))),
  )
  .post('/cases/changes', async (c) =>
    c.json(await changeManyCases(await staffDepsFrom(c), await bodyOf(c, CaseChanges))),
  )
  .post('/letters', async (c) => {
    await enterLetter(await staffDepsFrom(c), await bodyOf(c, NewLetter))
    return c.json({}, 201)
  })
  .get('/me/views', async (c) => c.json(await readViews(await staffDepsFrom(c))))
  .put('/me/views', async (c) => {
    await keepViews(await staffDepsFrom(c), await bodyOf(c, NewViews))
    return c.body(null, 204)
  })
  .get('/letters/untaken', async (c) => {
    const deps = await staffDepsFrom(c)
    const [epochs, after] = [c.req.query('epochs') ?? '', c.req.query('after') ?? null]
    return c.json(await listUntakenLetters(deps, epochs, after))
  })
  .get('/case-keys', async (c) => {
    const deps = await staffDepsFrom(c)
    const [generation, after] = [c.req.query('generation') ?? '', c.req.query('after') ?? null]
    return c.json(await readCaseKeys(deps, generation, after))
  })
  .post('/case-keys/rewrap', async (c) => {
    await rewrapCaseKeys(await staffDepsFrom(c), await bodyOf(c, Rewrapping))
    return c.body(null, 204)
  })
