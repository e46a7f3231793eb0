// POST /api/reports: a sealed report. The answer is the same for every report, so that nobody learns the lane; in flood mode it
// offers a check.
import { Hono } from 'hono'
import { fromB64, type Bytes } from '#protocol/bytes'
import { MAX_ENVELOPE_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { submitReport } from '#worker/reports/submit'
import { depsFrom, type App } from './app.ts'
import { octets } from './body.ts'
import { offersCheck } from './check.ts'

export const reports = new Hono<App>().post('/', async (c) => {
  const { couldRise } = await submitReport(depsFrom(c), {
    envelope: await octets(c.req.raw, MAX_ENVELOPE_BYTES),
    sealedBy: 'device',
    proof: proofFrom(c.req.header('oasis-proof')),
    writeToken: tokenFrom(c.req.header('oasis-write')),
  })
  return c.json(couldRise && offersCheck(c) ? { check: true } : {}, 201)
})

// Neither header gates: one that cannot be read counts as absent.
function proofFrom(header: string | undefined): number | null {
  const nonce = /^\d{1,10}$/.test(header ?? '') ? Number(header) : NaN
  return nonce <= 0xffff_ffff ? nonce : null
}

function tokenFrom(header: string | undefined): Bytes | null {
  try {
    const token = fromB64(header ?? '')
    return token.length === TOKEN_BYTES ? token : null
  } catch {
    return null
  }
}
