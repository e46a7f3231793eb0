// The proof of work, searched while the person still thinks, so that "Send" has only to send. In short slices: typing must never
// stutter. It scores and never gates.
import { sha256 } from '#protocol/bytes'
import { findProof } from '#protocol/proof'
import type { Draft } from './draft.ts'
import type { SealedReport } from './seal.ts'
import { pause } from './time.ts'

const SLICE_MS = 20
const TRIES = 50
/** How long "Send" waits for it. */
export const PROOF_MS = 4000

/** Ends when the draft carries its proof, or is dropped. */
export async function searchProof(draft: Draft): Promise<void> {
  const { envelope, headers } = await draft.sealed
  const hash = await sha256(envelope)
  for (let first = 0; !draft.dropped; await pause(0)) {
    for (const end = Date.now() + SLICE_MS; Date.now() < end; first += TRIES) {
      const nonce = findProof(hash, Date.now(), first, TRIES)
      if (nonce !== null) {
        headers['oasis-proof'] = String(nonce)
        return
      }
    }
  }
}

/** The sealed draft, with its proof if that is found soon. */
export async function proved(draft: Draft): Promise<SealedReport> {
  const sealed = await draft.sealed
  await Promise.race([draft.work, pause(PROOF_MS)])
  draft.dropped = true
  return sealed
}
