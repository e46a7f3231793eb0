// The proof of work of a draft. It scores and never gates: a report goes without one when the search, a tool, does not come or takes
// too long.
import { sha256 } from '#protocol/bytes'
import type { Draft } from './draft.ts'
import type { SealedReport } from './seal.ts'
import { pause } from './time.ts'
import type { FindProof } from './find-in-slices.ts'

/** How long "Send" waits for it. */
const PROOF_MS = 4000

/** The work beside a draft: ends when it carries its proof, or is dropped, or there is nobody to search. */
export const searchProof =
  (fetchFinder: () => Promise<FindProof>) =>
  async (draft: Draft): Promise<void> => {
    const { envelope, headers } = await draft.sealed
    // Not an error: sealed anew, the same words would be a second report.
    const find = await fetchFinder().catch(() => null)
    const nonce = find && (await find(await sha256(envelope), () => draft.dropped))
    if (typeof nonce === 'number') headers['oasis-proof'] = String(nonce)
  }

/** The sealed draft, with its proof if that is found soon. */
export async function proved(draft: Draft): Promise<SealedReport> {
  const sealed = await draft.sealed
  await Promise.race([draft.work, pause(PROOF_MS)])
  draft.dropped = true
  return sealed
}
