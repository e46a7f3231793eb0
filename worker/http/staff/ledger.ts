// Serves the ledger, checkpoints and the heads of case logs to the staff.
import { Hono } from 'hono'
import { listCaseLogs } from '#worker/ledger/list-case-logs'
import { listLedger, readLedgerHead } from '#worker/ledger/read-chains'
import { listCaseHeads, readBucket, readCheckpoint } from '#worker/ledger/read-checkpoint'
import type { EdgeApp } from '../app.ts'
import { OCTETS } from '../body.ts'
import { staffDepsFrom } from './guard.ts'

const AS_BYTES = { 'Content-Type': OCTETS }

export const ledgerRoutes = new Hono<EdgeApp>()
  .get('/ledger', async (c) =>
    c.json(await listLedger(await staffDepsFrom(c), c.req.query('after') ?? null)),
  )
  .get('/ledger/head', async (c) => c.json(await readLedgerHead(await staffDepsFrom(c))))
  .get('/case-heads', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.body(await listCaseHeads(deps, c.req.query('after') ?? ''), 200, AS_BYTES)
  })
  .get('/case-logs', async (c) =>
    c.json(await listCaseLogs(await staffDepsFrom(c), c.req.query('ids') ?? '')),
  )
  .get('/checkpoints/:row', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.body(await readCheckpoint(deps, c.req.param('row')), 200, AS_BYTES)
  })
  .get('/checkpoints/:row/:bucket', async (c) => {
    const deps = await staffDepsFrom(c)
    const { row, bucket } = c.req.param()
    return c.body(await readBucket(deps, row, bucket), 200, AS_BYTES)
  })
