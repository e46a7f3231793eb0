// Serves the ledger and the heads of case logs to the staff. Stores checkpoints and restarts.
import { Hono } from 'hono'
import { MAX_UPLOAD_BYTES, readUpload } from '#protocol/staff/checkpoint'
import { SignedChange } from '#protocol/staff/chain'
import { listCaseLogs } from '#worker/ledger/list-case-logs'
import { listLedger, readLedgerHead } from '#worker/ledger/read-chains'
import { listCaseHeads, readBucket, readCheckpoint } from '#worker/ledger/read-checkpoint'
import { restartLedger } from '#worker/ledger/restart-ledger'
import { storeCheckpoint } from '#worker/ledger/store-checkpoint'
import type { EdgeApp } from '../app.ts'
import { octets, OCTETS } from '../body.ts'
import { bodyOf, jsonIn, staffDepsFrom } from './guard.ts'

const AS_BYTES = { 'Content-Type': OCTETS }

export const ledgerRoutes = new Hono<EdgeApp>()
  .get('/ledger', async (c) =>
    c.json(await listLedger(await staffDepsFrom(c), c.req.query('after') ?? null)),
  )
  .get('/ledger/head', async (c) => c.json(await readLedgerHead(await staffDepsFrom(c))))
  .post('/ledger/restart', async (c) => {
    await restartLedger(await staffDepsFrom(c), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .get('/case-heads', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.body(await listCaseHeads(deps, c.req.query('after') ?? ''), 200, AS_BYTES)
  })
  .get('/case-logs', async (c) =>
    c.json(await listCaseLogs(await staffDepsFrom(c), c.req.query('ids') ?? '')),
  )
  .post('/checkpoints', async (c) => {
    const deps = await staffDepsFrom(c)
    const { json, stored } = readUpload(await octets(c.req.raw, MAX_UPLOAD_BYTES))
    await storeCheckpoint(deps, jsonIn(json, SignedChange), stored)
    return c.json({}, 201)
  })
  .get('/checkpoints/:row', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.body(await readCheckpoint(deps, c.req.param('row')), 200, AS_BYTES)
  })
  .get('/checkpoints/:row/:bucket', async (c) => {
    const deps = await staffDepsFrom(c)
    const { row, bucket } = c.req.param()
    return c.body(await readBucket(deps, row, bucket), 200, AS_BYTES)
  })
