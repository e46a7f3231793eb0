// Remembers the newest verified head of the ledger, so that a server cannot show an older ledger
// unnoticed. Also remembers the head of a colleague who has a different or longer ledger. That head
// is kept until this browser's ledger contains its row, or until a keeper restarts the ledger. A
// head is not secret: every colleague sees this hash, which does not identify a person or open
// anything.
import { fromB64, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { LedgerHead } from '#protocol/staff/chain'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { minuteOf } from '#protocol/time'

export interface RememberedHead {
  /** row number */
  n: number
  /** row hash */
  head: Bytes
  /** UTC minute of the row; for a colleague's head, the minute when this browser saw it */
  at: string
}

/** Each organisation has separate heads, because one device may serve two organisations. */
const placeOf = (rootId: string): string => `oasis-staff-ledger-${rootId}`
const forkOf = (rootId: string): string => `oasis-staff-fork-${rootId}`

/** @returns null while this browser has not verified a ledger of this root */
export const rememberedHead = (rootId: string): RememberedHead | null => read(placeOf(rootId))

export const rememberHead = (rootId: string, head: RememberedHead): void =>
  keep(placeOf(rootId), head)

/** @returns the head of a colleague whose ledger differs from this browser's ledger, or null */
export const rememberedFork = (rootId: string): RememberedHead | null => read(forkOf(rootId))

/** Returns true for a ledger that contains a row with this number and hash. */
export function hasRow({ hashes }: Pick<Roster, 'hashes'>, { n, head }: RememberedHead): boolean {
  const own = hashes[n - 1]
  return own !== undefined && sameBytes(own, head)
}

/**
 * Remembers a colleague's ledger that differs, or that has more rows. The next verdict on this
 * browser's own ledger takes it into account. A remembered head is not replaced while this
 * browser's ledger lacks its row.
 */
export function noteFork(roster: Pick<Roster, 'rootId' | 'hashes'>, { n, hash }: LedgerHead): void {
  const { rootId } = roster
  const known = rememberedFork(rootId)
  if (known && !hasRow(roster, known)) return
  keep(forkOf(rootId), { n, head: fromB64(hash), at: minuteOf(Date.now()) })
}

/** Forgets the other ledger, after a keeper has decided which ledger continues. */
export function forgetFork(rootId: string): void {
  try {
    localStorage.removeItem(forkOf(rootId))
  } catch {
    // Storage is disabled, so nothing was kept.
  }
}

/** A periodic comparison: of all cases, or of the ledger by reading digits aloud. */
export type Habit = 'cases' | 'ledger'

export interface LastTime {
  /** number of rows in the ledger at that time */
  n: number
  /** ms since 1970 */
  at: number
}

const habitOf = (habit: Habit, rootId: string): string => `oasis-staff-compared-${habit}-${rootId}`

/** Returns the time of this browser's last comparison; zeros if there was none. */
export function lastCompared(habit: Habit, { rootId }: Pick<Roster, 'rootId'>): LastTime {
  try {
    const [n = 0, at = 0] = (localStorage.getItem(habitOf(habit, rootId)) ?? '')
      .split(' ')
      .map(Number)
    return { n, at }
  } catch {
    return { n: 0, at: 0 }
  }
}

export function noteCompared(
  habit: Habit,
  { rootId, rows }: Pick<Roster, 'rootId' | 'rows'>,
  nowMs: number,
): void {
  try {
    localStorage.setItem(habitOf(habit, rootId), `${rows} ${nowMs}`)
  } catch {
    // Storage is disabled, so the comparison is due again at each start.
  }
}

function read(place: string): RememberedHead | null {
  try {
    const [hash = '', at = '', n = ''] = (localStorage.getItem(place) ?? '').split(' ')
    const head = fromB64(hash)
    return head.length === HASH_BYTES && Number(n) > 0 ? { n: Number(n), head, at } : null
  } catch {
    // Storage is disabled, or other code stored a different value there.
    return null
  }
}

function keep(place: string, { n, head, at }: RememberedHead): void {
  try {
    localStorage.setItem(place, `${toB64(head)} ${at} ${n}`)
  } catch {
    // Storage is disabled, so the head is kept only as long as the tab is open.
  }
}
