// Serves chunks of files to the staff: reads report files, and stores files of replies.
import { Hono } from 'hono'
import { chunkAddress, fileAddress } from '#worker/files/chunk-address'
import { acceptReplyChunk } from '#worker/files/accept-reply-chunk'
import { listArrived, readFileChunk } from '#worker/files/read-chunk'
import type { EdgeApp } from '../app.ts'
import { octetsOf } from '../body.ts'
import { CHUNK_LENGTHS } from '../public/files.ts'
import { staffDepsFrom, takesBytes } from './guard.ts'

export const staffFileRoutes = new Hono<EdgeApp>()
  .get('/files/:id', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.json({ arrived: await listArrived(deps, fileAddress(c.req.param('id'))) })
  })
  .get('/files/:id/:n', async (c) => {
    const deps = await staffDepsFrom(c)
    const chunk = await readFileChunk(deps, chunkAddress(c.req.param('id'), c.req.param('n')))
    return c.body(chunk, 200, { 'Content-Type': 'application/octet-stream' })
  })
  .put('/reports/:report/files/:id/:n', takesBytes, async (c) => {
    const deps = await staffDepsFrom(c)
    const address = chunkAddress(c.req.param('id'), c.req.param('n'))
    const sealed = await octetsOf(c.req.raw, CHUNK_LENGTHS)
    await acceptReplyChunk(deps, c.req.param('report'), address, sealed)
    return c.body(null, 204)
  })
