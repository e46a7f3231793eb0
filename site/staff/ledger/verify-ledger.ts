// Verifies a ledger as the server sent it. The app believes only the roster of a whole ledger.
import { type Bytes } from '#protocol/bytes'
import { rootIdOf, type LedgerRow } from '#protocol/staff/ledger'
import { hasHead, replayLedger } from '#protocol/staff/roster'
import { type Roster } from '#protocol/staff/roster-state'
import { rememberedHead, rememberHead } from './remembered-head.ts'

interface ReadLedger {
  rows: readonly LedgerRow[]
  rootId: string
}

/** A ledger that follows every rule and everything that this browser has seen. */
export interface WholeLedger extends ReadLedger {
  is: 'whole'
  roster: Roster
}

export type VerifiedLedger =
  | WholeLedger
  /** the rows lack the head that this browser remembers: an older ledger, or another chain */
  | (ReadLedger & { is: 'older' })
  /** `at` is the number of the first broken row */
  | (ReadLedger & { is: 'broken'; at: number })

/**
 * Replays a ledger under the pinned root key. Remembers the head of a whole ledger. Reads the
 * remembered head before the fetch, because another tab may verify a newer row meanwhile.
 *
 * @param root   the pinned root key, 65 bytes
 * @param onRow  called with the number of rows so far
 */
export async function verifyLedger(
  fetchRows: () => Promise<readonly LedgerRow[]>,
  root: Bytes,
  onRow?: (rows: number) => void,
): Promise<VerifiedLedger> {
  const rootId = await rootIdOf(root)
  const known = rememberedHead(rootId)
  const rows = await fetchRows()
  const read = { rows, rootId }
  const replayed = await replayLedger(rows, root, onRow)
  if (!replayed.isWhole) return { ...read, is: 'broken', at: replayed.at }
  if (known && !(await hasHead(rows, known))) return { ...read, is: 'older' }
  // Every organisation has begun, so an empty ledger lacks its first row.
  if (rows.length === 0) return { ...read, is: 'broken', at: 1 }
  const newest = rememberedHead(rootId)
  if (!newest || (await hasHead(rows, newest))) rememberHead(rootId, replayed.roster.head)
  return { ...read, is: 'whole', roster: replayed.roster }
}
