// Serves PUT and GET /api/files/{id}/{n}: stores or reads one sealed chunk. A client may retry
// either method at any time. A PUT contains the header id of the report, so that the edge can find
// a waiting report.
import { Hono } from 'hono'
import { fromB64, type Bytes } from '#protocol/bytes'
import { CHUNK_SIZES } from '#protocol/limits'
import { sealedLength } from '#protocol/file/seal-chunk'
import { chunkAddress } from '#worker/files/chunk-address'
import { acceptChunk } from '#worker/files/accept-chunk'
import { RATE_SECONDS } from '#worker/files/rate-limit'
import { readReplyChunk } from '#worker/files/read-chunk'
import { depsFrom, type EdgeApp } from '../app.ts'
import { octetsOf } from '../body.ts'
import { refuse } from '../errors.ts'

export const CHUNK_LENGTHS = CHUNK_SIZES.map(sealedLength)

// A header id that cannot be parsed counts as absent, because the edge finds a stored report
// without it.
function headerIdFrom(text = ''): Bytes | null {
  return /^[\w-]{22}$/.test(text) ? fromB64(text) : null
}

export const fileRoutes = new Hono<EdgeApp>()
  .put('/:id/:n', async (c) => {
    const address = chunkAddress(c.req.param('id'), c.req.param('n'))
    const sealed = await octetsOf(c.req.raw, CHUNK_LENGTHS)
    return (await acceptChunk(
      depsFrom(c),
      address,
      sealed,
      headerIdFrom(c.req.header('oasis-header')),
    ))
      ? c.body(null, 204)
      : refuse(c, 'unavailable', { 'Retry-After': String(RATE_SECONDS) }, 429)
  })
  .get('/:id/:n', async (c) =>
    c.body(
      await readReplyChunk(depsFrom(c), chunkAddress(c.req.param('id'), c.req.param('n'))),
      200,
      { 'Content-Type': 'application/octet-stream' },
    ),
  )
