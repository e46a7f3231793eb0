// The proof of work of a draft. It scores and never gates: a report goes without one when the search, a tool, does not come or takes
// too long.
import { sha256 } from '#protocol/bytes'
import type { Draft } from './draft.ts'
import type { SealedReport } from './seal.ts'
import { pause } from './time.ts'
import type { FindProof } from './tools/prove.ts'
import { useTool } from './tools.ts'

/** How long "Send" waits for it. */
export const PROOF_MS = 4000

/** Ends when the draft carries its proof, or is dropped. */
export async function searchProof(draft: Draft): Promise<void> {
  const { envelope, headers } = await draft.sealed
  // Without the tool the sealed words stay as they are: sealed anew, they would be a second report.
  const find = await useTool<FindProof>('prove').catch(() => null)
  const nonce = find && (await find(await sha256(envelope), () => draft.dropped))
  if (nonce !== null) headers['oasis-proof'] = String(nonce)
}

/** The sealed draft, with its proof if that is found soon. */
export async function proved(draft: Draft): Promise<SealedReport> {
  const sealed = await draft.sealed
  await Promise.race([draft.work, pause(PROOF_MS)])
  draft.dropped = true
  return sealed
}
