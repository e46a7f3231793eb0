// PUT and GET /api/files/{id}/{n}: one sealed chunk. Both may be tried again at any time.
import { Hono } from 'hono'
import { CHUNK_SIZES } from '#protocol/limits'
import { sealedLength } from '#protocol/stream'
import { chunkAddress } from '#worker/files/chunk-address'
import { keepChunk } from '#worker/files/keep-chunk'
import { PACE_SECONDS } from '#worker/files/pace'
import { readAnswerChunk } from '#worker/files/read-chunk'
import { depsFrom, type App } from './app.ts'
import { octetsOf } from './body.ts'
import { refuse } from './errors.ts'

export const CHUNK_LENGTHS = CHUNK_SIZES.map(sealedLength)

export const files = new Hono<App>()
  .put('/:id/:n', async (c) => {
    const address = chunkAddress(c.req.param('id'), c.req.param('n'))
    const sealed = await octetsOf(c.req.raw, CHUNK_LENGTHS)
    return (await keepChunk(depsFrom(c), address, sealed))
      ? c.body(null, 204)
      : refuse(c, 'unavailable', { 'Retry-After': String(PACE_SECONDS) }, 429)
  })
  .get('/:id/:n', async (c) =>
    c.body(
      await readAnswerChunk(depsFrom(c), chunkAddress(c.req.param('id'), c.req.param('n'))),
      200,
      { 'Content-Type': 'application/octet-stream' },
    ),
  )
