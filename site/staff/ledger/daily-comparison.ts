// Compares all cases once a day, in one tab. Signs a checkpoint when the last one is too old. Also
// signs one when the staff have changed since then, or when the ledger was restarted. If two
// browsers sign at the same time, only one row is stored, because both follow the same head.
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { fetchLedgerHead } from '../api/ledger-api.ts'
import type { SigningKeys } from '../crypto/sign-change.ts'
import type { CheckpointFault } from './compare-cases.ts'
import { holdsRole } from './read-roster.ts'
import { lastCompared, noteCompared } from './remembered-head.ts'
import type { VerifiedLedger } from './verify-ledger.ts'

/** A little under a day, so that the checkpoint does not move to a later hour each day. */
const MAX_AGE_MS = 20 * 3_600_000
/**
 * Time after which a fault is checked again, and after which an unfinished attempt counts as
 * failed.
 */
const RETRY_MS = 10 * 60_000
/** Time after which an attempt without a response is repeated. */
const SOON_MS = 2 * 60_000
/**
 * After this many failed attempts, a server that answers other requests is considered to be
 * withholding the signed state.
 */
const MOST_VAIN = 3

interface Tab {
  keys: SigningKeys
  /** verifies the ledger again, and does not throw */
  verify: () => Promise<void>
  /** returns the last verdict, even before the next render */
  newest: () => VerifiedLedger | null
  /** receives the reason why a due checkpoint is not signed, or null */
  onFault: (fault: CheckpointFault | null) => void
}

export class DailyComparison {
  readonly #tab: Tab
  #nextMs = 0
  /** 0 while no comparison runs */
  #startedMs = 0
  #vain = 0
  readonly #stopping = new AbortController()

  constructor(tab: Tab) {
    this.#tab = tab
  }

  /** Nothing is signed or shown after this call, because the person has locked the app. */
  stop(): void {
    this.#stopping.abort()
  }

  /** Compares now if a comparison is due. @param roster  the roster of a valid ledger */
  async look(roster: Roster, nowMs = Date.now()): Promise<void> {
    if (this.#isStopped) return
    if (this.#startedMs > 0) {
      if (nowMs - this.#startedMs < RETRY_MS) return
      // A server can withhold a response by leaving the request open for ever.
      this.#startedMs = 0
      await this.#countVain(nowMs)
    }
    if (!this.#isDue(roster, nowMs)) return
    this.#startedMs = nowMs
    try {
      await this.#compare(roster, nowMs)
    } catch {
      await this.#countVain(nowMs)
    } finally {
      if (this.#startedMs === nowMs) this.#startedMs = 0
    }
  }

  /** Compares again immediately after the person has seen which cases lost rows in a restart. */
  async lookAgain(roster: Roster): Promise<void> {
    this.#nextMs = 0
    this.#tab.onFault(null)
    await this.look(roster)
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted
  }

  #isDue(roster: Roster, nowMs: number): boolean {
    if (nowMs < this.#nextMs || !holdsRole(roster, this.#tab.keys.personId, 'intake')) return false
    return isToSign(roster, nowMs) || isOld(lastCompared('cases', roster).at, nowMs)
  }

  async #compare(roster: Roster, nowMs: number): Promise<void> {
    const { keys, verify, newest, onFault } = this.#tab
    this.#nextMs = nowMs + RETRY_MS
    // The comparison runs only once a day, so its code is fetched only when it is needed.
    const { compareCases, signCheckpoint } = await import('./daily-checkpoint.ts')
    const outcome = isToSign(roster, nowMs)
      ? await signCheckpoint(keys, roster, this.#stopping.signal)
      : await compareCases(roster, false)
    if (this.#isStopped) return
    if (outcome.is === 'signed' || outcome.is === 'moved') await verify()
    const seen = newest()
    const now = seen?.is === 'whole' ? seen.roster : null
    if (outcome.is === 'moved') {
      this.#nextMs = 0
      // A colleague has signed under newer rows, which the server may or may not show.
      if (now && now !== roster) await this.#compare(now, nowMs)
      else if (now) await this.#countVain(nowMs)
      return
    }
    // A server may claim to have stored a row that it dropped.
    const isDropped = outcome.is === 'signed' && now !== null && isToSign(now, nowMs)
    if (isDropped) return this.#countVain(nowMs)
    const isFine = outcome.is === 'signed' || outcome.is === 'held'
    if (isFine) noteCompared('cases', roster, nowMs)
    if (outcome.is === 'signed') this.#nextMs = 0
    this.#vain = 0
    onFault(isFine ? null : outcome)
  }

  /**
   * Counts an attempt that achieved nothing. If this request also fails, the connection is at
   * fault, not the server.
   */
  async #countVain(nowMs: number): Promise<void> {
    if (this.#isStopped) return
    this.#nextMs = nowMs + SOON_MS
    try {
      await fetchLedgerHead()
    } catch {
      return
    }
    this.#vain += 1
    if (this.#vain >= MOST_VAIN) this.#tab.onFault({ is: 'withheld' })
  }
}

/**
 * A server could later add a row signed by a former colleague. A checkpoint that lacks such a row
 * would expose the addition. So a checkpoint is signed immediately after each change to the staff.
 * The same applies to a restart, because the leaves may be lost in it.
 */
function isToSign({ checkpoint, peopleChange, restart }: Roster, nowMs: number): boolean {
  const [changed, restarted] = [peopleChange?.row ?? 0, restart?.row ?? 0]
  return (
    isOld(Date.parse(checkpoint?.at ?? ''), nowMs) ||
    Math.max(changed, restarted) > (checkpoint?.row ?? 0)
  )
}

/** @param atMs  NaN means never */
const isOld = (atMs: number, nowMs: number): boolean => !(nowMs - atMs <= MAX_AGE_MS)
