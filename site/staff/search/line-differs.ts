// Compares a line of the list with the state that staff last signed. The state of a case is read
// along with its words. The case's leaf in the last checkpoint proves that state.
import type { CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { NO_ROW } from '#protocol/staff/chain'
import { encodeB64 } from '#protocol/staff/native-b64'
import type { QueueItem } from '#protocol/staff/list/queue'
import { dangerDiffers, statusDiffers } from '../case/read/compare-with-log.ts'
import type { ReadCase } from './read-case.ts'

/** The placeholder for the facts of a log that could not be replayed. */
const UNKNOWN = encodeB64(NO_ROW)

/**
 * Returns true for a line that shows a case in a state that no colleague signed. The last
 * checkpoint proves nothing about a case that has grown since. A line with fewer rows may be older
 * than the checkpoint, because the list shows news only on request. The daily comparison lists a
 * case whose log was truncated.
 *
 * @param read  undefined until this device has read the case
 * @param leaf  the leaf of the last checkpoint; undefined without one
 */
export function lineDiffers(
  item: QueueItem,
  read: Pick<ReadCase, 'rows' | 'signed'> | undefined,
  leaf: CaseLeaf | undefined,
): boolean {
  if (!leaf || item.rows !== leaf.n || read?.rows !== leaf.n) return false
  const facts = encodeB64(leaf.facts)
  if (facts === UNKNOWN) return false
  const { signed } = read
  if (signed?.facts !== facts) return true
  // The signed state lacks the changes that a merge makes, so they are taken from the line.
  const log = { ...signed, isJoined: item.absorbed > 0, absorbed: { size: item.absorbed } }
  return statusDiffers(item, { ...log, mergedInto: null }) || dangerDiffers(item, log)
}
