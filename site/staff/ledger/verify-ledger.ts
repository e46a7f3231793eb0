// Verifies a ledger sent by the server. The app trusts only the roster of a valid ledger.
import { type Bytes } from '#protocol/bytes'
import { CLOCK_MS } from '#protocol/staff/chain'
import { rootIdOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { LedgerRestarted, Roster } from '#protocol/staff/ledger/roster-state'
import {
  hasRow,
  rememberedFork,
  rememberedHead,
  rememberHead,
  type RememberedHead,
} from './remembered-head.ts'

interface ReadLedger {
  rows: readonly LedgerRow[]
  rootId: string
  /**
   * roster of the rows before the first broken one; for sealing, use only the roster of a valid
   * ledger
   */
  roster: Roster
}

/** A ledger that follows every rule and agrees with everything that this browser has seen. */
export interface WholeLedger extends ReadLedger {
  is: 'whole'
}

/**
 * `older`: the rows lack the head that this browser remembers, so this is an older ledger or a
 * different chain. `fork`: a colleague signed under a ledger that has a different row with the same
 * number.
 */
export interface OtherLedger extends ReadLedger {
  is: 'older' | 'fork'
  /** the row that is missing here */
  lost: RememberedHead
  /**
   * a keeper's restart that is later than everything that this browser has seen; null if there is
   * none
   */
  restart: LedgerRestarted | null
}

export type VerifiedLedger =
  | WholeLedger
  | OtherLedger
  /** `at` is the number of the first broken row, or of the first row from a newer version */
  | (ReadLedger & { is: 'broken' | 'newer'; at: number })

/** Returns the number of the row that makes a ledger invalid. */
export const rowOf = (ledger: Exclude<VerifiedLedger, WholeLedger>): number =>
  'lost' in ledger ? ledger.lost.n : ledger.at

/**
 * Replays a ledger under the pinned root key. Remembers the head of a valid ledger. The remembered
 * head is read before the fetch, because another tab may verify a newer row in the meantime.
 *
 * @param root   the pinned root key, 65 bytes
 * @param onRow  called with the number of rows verified
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
  if (known && !hasRow(roster, known)) return { ...read, is: 'older', ...lostTo(roster, known) }
  const fork = rememberedFork(rootId)
  if (fork && !hasRow(roster, fork)) {
    // A ledger that is merely too short may be an older one.
    const is = roster.rows < fork.n ? 'older' : 'fork'
    return { ...read, is, ...lostTo(roster, fork) }
  }
  // Every organisation has a first row, so an empty ledger is broken at row 1.
  if (rows.length === 0) return { ...read, is: 'broken', at: 1 }
  const newest = rememberedHead(rootId)
  if (!newest || hasRow(roster, newest)) rememberRoster(roster)
  if (roster.newerAt !== null) return { ...read, is: 'newer', at: roster.newerAt }
  return { ...read, is: 'whole' }
}

/** Remembers the last row of a roster as the newest head that this browser has seen. */
export const rememberRoster = ({ rootId, rows, head, headAt }: Roster): void =>
  rememberHead(rootId, { n: rows, head, at: headAt })

/**
 * Returns the missing row, and the last restart unless this browser may already have seen it.
 * Otherwise a server could use an old restart to justify an older ledger. The clocks of both
 * signers may differ from the edge's clock.
 */
function lostTo({ restart }: Roster, lost: RememberedHead): Pick<OtherLedger, 'lost' | 'restart'> {
  const isNew = restart !== null && Date.parse(restart.at) >= Date.parse(lost.at) - 2 * CLOCK_MS
  return { lost, restart: isNew ? restart : null }
}
