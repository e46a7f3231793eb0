// Searches for the proof of work for one header id while the person writes. A proof only moves the
// report up in the queue. The report is sent without a proof when the search tool does not load or
// takes too long.
import type { SealedReport } from './seal-report.ts'
import { pause } from '../network/timeout.ts'
import type { Search, SearchProof } from './search-proof.ts'

/** The maximum time that "Send" waits for a proof. */
const PROOF_MS = 4000

/**
 * Begins a search, unless a search is already running. After a failure to fetch the tool, the next
 * call starts the search again.
 */
export function beginSearch(search: Search, fetchTool: () => Promise<SearchProof>): void {
  search.ready =
    search.ready ||
    fetchTool()
      .then((find) => find(search))
      .catch(() => {
        delete search.ready
      })
}

/** Returns the sealed report, with any proof that the search finds within PROOF_MS. */
export async function withProof<S extends SealedReport>(
  search: Search,
  sealing: Promise<S>,
): Promise<S> {
  search.isTaken = true
  const sealed = await sealing
  await Promise.race([search.ready, pause(PROOF_MS)])
  search.isOver = true
  if (search.proof) sealed.headers['oasis-proof'] = search.proof
  return sealed
}
