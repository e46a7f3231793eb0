// Verifies a ledger as the server sent it. The app believes only the roster of a whole ledger.
import { type Bytes } from '#protocol/bytes'
import { CLOCK_MS } from '#protocol/staff/chain'
import { hasHead, rootIdOf, type LedgerRow } from '#protocol/staff/ledger'
import { replayLedger } from '#protocol/staff/roster'
import type { LedgerRestarted } from '#protocol/staff/roster-key-state'
import type { Roster } from '#protocol/staff/roster-state'
import { rememberedHead, rememberHead, type RememberedHead } from './remembered-head.ts'

interface ReadLedger {
  rows: readonly LedgerRow[]
  rootId: string
  /** of the rows before the first broken one; only a whole ledger's roster serves for sealing */
  roster: Roster
}

/** A ledger that follows every rule and everything that this browser has seen. */
export interface WholeLedger extends ReadLedger {
  is: 'whole'
}

/** The rows lack the head that this browser remembers: an older ledger, or another chain. */
export interface OlderLedger extends ReadLedger {
  is: 'older'
  /** hash of the row that is missing */
  lostHead: Bytes
  /** a keeper's restart after everything that this browser saw; null without one */
  restart: LedgerRestarted | null
}

export type VerifiedLedger =
  | WholeLedger
  | OlderLedger
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
  const replayed = await replayLedger(rows, root, onRow)
  const { roster } = replayed
  const read = { rows, rootId, roster }
  if (!replayed.isWhole) return { ...read, is: 'broken', at: replayed.at }
  if (known && !(await hasHead(rows, known.head)))
    return {
      ...read,
      is: 'older',
      lostHead: known.head,
      restart: restartAfter(roster, known),
    }
  // Every organisation has begun, so an empty ledger lacks its first row.
  if (rows.length === 0) return { ...read, is: 'broken', at: 1 }
  const newest = rememberedHead(rootId)
  if (!newest || (await hasHead(rows, newest.head))) rememberRoster(roster)
  return { ...read, is: 'whole' }
}

/** Remembers the last row of a roster as the newest head that this browser has seen. */
export const rememberRoster = ({ rootId, head, headAt }: Roster): void =>
  rememberHead(rootId, { head, at: headAt })

/**
 * Returns the last restart, unless this browser may have seen it. A server could otherwise excuse
 * an older ledger by an old restart. The clocks of both signers may differ from the edge's clock.
 */
function restartAfter({ restart }: Roster, { at }: RememberedHead): LedgerRestarted | null {
  const isNew = restart !== null && Date.parse(restart.at) >= Date.parse(at) - 2 * CLOCK_MS
  return isNew ? restart : null
}
