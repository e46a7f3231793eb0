// Tool: seals a report with suite 2. Only a browser that supports X-Wing fetches this tool. The
// tool contains the hybrid key that the build verified, which is too long for a page.
import { fromB64, sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { hpkeSealHybrid } from '#protocol/crypto/hpke-seal-hybrid'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import { call, callAt } from '../network/api.ts'
import type { SealBySuite2 } from '../reporting/try-suite-2.ts'
import { page } from '../dom/page.ts'
import { registerTool } from './register.ts'

/**
 * The hybrid key of the build, base64url, set by the build. A page checks this script's hash, and
 * with it the key.
 */
declare const HYBRID_KEY: string

const seal = hybridSealer(hpkeSealHybrid)
let known = fromB64(HYBRID_KEY)

/**
 * Returns the hybrid key for a hash that the page trusts, or null when the edge has a different
 * key.
 */
async function keyOf(hash: Bytes): Promise<Bytes | null> {
  if (sameBytes(await sha256(known), hash)) return known
  const { bytes } = await call('/api/keys/hybrid')
  return sameBytes(await sha256(bytes), hash) ? (known = bytes) : null
}

const sealBySuite2: SealBySuite2 = async ({ epoch, hybridHash }, header, json, addMac) => {
  try {
    const intake = hybridHash ? await keyOf(hybridHash) : known
    return intake && (await seal({ epoch, intake }, header, json, addMac))
  } catch {
    // The browser lacks X-Wing, the words need more room, or the edge did not send the key.
    return null
  }
}

callAt(page.hosts)
registerTool(sealBySuite2)
