// Compares the ledger head that a signer saw with the replayed ledger. A server could show two
// people different ledgers forever, but everything that they sign would reveal the difference.
import { toB64 } from '../../bytes.ts'
import type { LedgerHead } from '../chain.ts'
import type { Roster } from './roster-state.ts'

/** The part of a roster that shows which ledger rows were replayed. */
export type KnownRows = Pick<Roster, 'hashes' | 'restart'>

/**
 * - a number: the row of the replayed ledger that the signer is judged against. If the signer's row
 * was lost in a restart, this is the last row that the restart kept.
 * - `behind`: the replayed ledger has no row with that number, so it may be older than the signer's
 * ledger
 * - `fork`: the replayed row with that number is a different one
 */
export type PlaceOnLine = number | 'behind' | 'fork'

/** Finds the position of a head in the replayed ledger. */
export function placeOnLine({ hashes, restart }: KnownRows, { n, hash }: LedgerHead): PlaceOnLine {
  const own = hashes[n - 1]
  if (own && toB64(own) === hash) return n
  if (restart && n >= restart.row && n <= restart.cutAt) return restart.row - 1
  return own ? 'fork' : 'behind'
}

/** Returns the newest row of the replayed ledger, to which a new row of a case log refers. */
export const lineHead = ({ rows, head }: Pick<Roster, 'rows' | 'head'>): LedgerHead => ({
  n: rows,
  hash: toB64(head),
})
