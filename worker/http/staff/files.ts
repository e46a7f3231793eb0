// Serves files to the staff: reads the chunks of report files, and stores the chunks of reply
// files. Also stores and reads the file of a referral, which is not divided into chunks.
import { Hono } from 'hono'
import { chunkAddress, fileAddress } from '#worker/files/chunk-address'
import { keepReferralFile, readReferralFile } from '#worker/cases/keep-referral-file'
import { acceptReplyChunk } from '#worker/files/accept-reply-chunk'
import { listArrived, readFileChunk } from '#worker/files/read-chunk'
import type { EdgeApp } from '../app.ts'
import { SEALED_FILE_LENGTHS } from '#protocol/staff/case-log/bodies'
import { octetsOf, OCTETS } from '../body.ts'
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
    return c.body(chunk, 200, { 'Content-Type': OCTETS })
  })
  .put('/reports/:report/files/:id/:n', takesBytes, async (c) => {
    const deps = await staffDepsFrom(c)
    const address = chunkAddress(c.req.param('id'), c.req.param('n'))
    const sealed = await octetsOf(c.req.raw, CHUNK_LENGTHS)
    await acceptReplyChunk(deps, c.req.param('report'), address, sealed)
    return c.body(null, 204)
  })
  .get('/reports/:report/referral-files/:hash', async (c) => {
    const { report, hash } = c.req.param()
    const file = await readReferralFile(await staffDepsFrom(c), report, hash)
    return c.body(file, 200, { 'Content-Type': OCTETS })
  })
  .put('/reports/:report/referral-files/:hash', takesBytes, async (c) => {
    const deps = await staffDepsFrom(c)
    const { report, hash } = c.req.param()
    await keepReferralFile(deps, report, hash, await octetsOf(c.req.raw, SEALED_FILE_LENGTHS))
    return c.body(null, 204)
  })
