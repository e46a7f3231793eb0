// Serves the search index to the staff: its pieces as bytes, the tally, and sealed cases in bulk.
import { Hono } from 'hono'
import { MAX_PIECE_BYTES } from '#protocol/staff/list/pieces'
import { packCases } from '#protocol/staff/list/sealed-cases'
import { readSealedCases } from '#worker/cases/read-sealed'
import { readTallyPage } from '#worker/cases/read-tally'
import { listPieces, readPiece } from '#worker/pieces/read-pieces'
import { endPieces, storePiece } from '#worker/pieces/store-piece'
import type { EdgeApp } from '../app.ts'
import { octets, OCTETS } from '../body.ts'
import { staffDepsFrom, takesBytes } from './guard.ts'

export const pieceRoutes = new Hono<EdgeApp>()
  .get('/cases/tally', async (c) =>
    c.json(await readTallyPage(await staffDepsFrom(c), c.req.query('after') ?? null)),
  )
  .get('/cases/sealed', async (c) =>
    c.body(
      packCases(await readSealedCases(await staffDepsFrom(c), c.req.query('ids') ?? '')),
      200,
      { 'Content-Type': OCTETS },
    ),
  )
  .get('/pieces/:generation', async (c) =>
    c.json(await listPieces(await staffDepsFrom(c), c.req.param('generation'))),
  )
  .get('/pieces/:generation/:n', async (c) => {
    const { generation, n } = c.req.param()
    const piece = await readPiece(await staffDepsFrom(c), generation, n)
    return c.body(piece, 200, { 'Content-Type': OCTETS })
  })
  .put('/pieces/:generation/:n', takesBytes, async (c) => {
    const deps = await staffDepsFrom(c)
    const { generation, n } = c.req.param()
    const sealed = await octets(c.req.raw, MAX_PIECE_BYTES)
    const former = c.req.query('former') ?? null
    return c.json(await storePiece(deps, generation, n, { sealed, former }))
  })
  .post('/pieces/:generation/end', async (c) => {
    await endPieces(await staffDepsFrom(c), c.req.param('generation'))
    return c.body(null, 204)
  })
