// Serves the endpoints that a reporter's page calls: the manifest, sealed reports and the inbox.
import { Hono } from 'hono'
import { fromB64, type Bytes } from '#protocol/bytes'
import { MAX_ENVELOPE_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { endThread } from '#worker/inbox/end-thread'
import { readReply } from '#worker/inbox/read-reply'
import { currentKeys } from '#worker/keys/current-keys'
import { submitReport } from '#worker/reports/submit'
import { depsFrom, type EdgeApp } from '../app.ts'
import { octets } from '../body.ts'
import { offersCheck } from './turnstile.ts'

// Caches may store a key for five minutes, because the key is public and the same for all visitors.
const KEY_HEADERS = {
  'Content-Type': 'application/octet-stream',
  'Cache-Control': 'public, max-age=300',
}

/**
 * Serves GET /api/keys, the signed manifest, and GET /api/keys/hybrid, the hybrid key whose hash
 * the manifest contains.
 */
export const keyRoutes = new Hono<EdgeApp>()
  .get('/', async (c) => c.body((await currentKeys(depsFrom(c))).manifest, 200, KEY_HEADERS))
  .get('/hybrid', async (c) => c.body((await currentKeys(depsFrom(c))).hybridKey, 200, KEY_HEADERS))

/**
 * Serves POST /api/reports: stores a sealed report. Every report receives the same response, which
 * does not reveal the lane. Only in flood mode may the response offer a check.
 */
export const reportRoutes = new Hono<EdgeApp>().post('/', async (c) => {
  const { canBePromoted } = await submitReport(depsFrom(c), {
    envelope: await octets(c.req.raw, MAX_ENVELOPE_BYTES),
    sealedBy: 'device',
    proof: proofFrom(c.req.header('oasis-proof')),
    writeToken: writeTokenFrom(c.req.header('oasis-write')),
  })
  return c.json(canBePromoted && offersCheck(c) ? { check: true } : {}, 201)
})

// Reads a proof. A proof or token that cannot be parsed counts as absent, because both headers are
// optional.
function proofFrom(header: string | undefined): number | null {
  const nonce = /^\d{1,10}$/.test(header ?? '') ? Number(header) : NaN
  return nonce <= 0xffff_ffff ? nonce : null
}

function writeTokenFrom(header: string | undefined): Bytes | null {
  try {
    const token = fromB64(header ?? '')
    return token.length === TOKEN_BYTES ? token : null
  } catch {
    return null
  }
}

/**
 * The limit is above the length of an inbox request's body. The edge does not read longer bodies.
 */
const SMALL_BODY = 1024

/** Serves POST /api/inbox and /api/inbox/destroy. The responses look the same for every receipt. */
export const inboxRoutes = new Hono<EdgeApp>()
  .post('/', async (c) => {
    const sealedReply = await readReply(depsFrom(c), await octets(c.req.raw, SMALL_BODY))
    return c.body(sealedReply, 200, { 'Content-Type': 'application/octet-stream' })
  })
  .post('/destroy', async (c) => {
    await endThread(depsFrom(c), await octets(c.req.raw, SMALL_BODY))
    return c.body(null, 204)
  })
