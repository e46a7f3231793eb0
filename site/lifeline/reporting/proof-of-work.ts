// Adds a proof of work to a draft. A proof only raises the report's place in the queue.
// The report is sent without a proof when the search tool does not arrive or takes too long.
import type { Draft } from './sealed-draft.ts'
import type { SealedReport } from './seal-report.ts'
import { pause } from '../network/timeout.ts'
import type { FindProof } from './search-proof.ts'

/** The longest time that "Send" waits for the proof. */
const PROOF_MS = 4000

/** Searches a proof until the proof is found, the draft is dropped or the tool fails. */
export const searchProof =
  (fetchFinder: () => Promise<FindProof>) =>
  async (draft: Draft): Promise<void> => {
    const { envelope, headers } = await draft.sealed
    // A missing tool is no error, because an error would seal the same words as a second report.
    const find = await fetchFinder().catch(() => null)
    const nonce = find && (await find(envelope.slice(8, 24), () => draft.dropped))
    if (typeof nonce === 'number') headers['oasis-proof'] = String(nonce)
  }

/** Returns the sealed draft, with its proof when the search ends within PROOF_MS. */
export async function withProof(draft: Draft): Promise<SealedReport> {
  const sealed = await draft.sealed
  await Promise.race([draft.work, pause(PROOF_MS)])
  draft.dropped = true
  return sealed
}
