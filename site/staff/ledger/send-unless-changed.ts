// Changes a part of the organisation, unless a colleague has changed it since the author read it.
// So nobody overwrites words or a rota that they have not seen.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { followingHead } from '../api/send-signed.ts'
import { signChange, type LedgerChange, type SigningKeys } from '../crypto/sign-change.ts'

/** The keys of the author, and a function that verifies the newest ledger. */
export interface LedgerWriter<Keys extends SigningKeys = SigningKeys> {
  keys: Keys
  nextRoster: () => Promise<Roster>
}

/** Compares a part of the organisation in a roster with two versions of that part. */
interface PartVersions {
  /** true for the version that the author has read */
  isRead: (roster: Roster) => boolean
  /** true for the version that the author sends, because an earlier response may have been lost */
  isSaved?: (roster: Roster) => boolean
}

/** Signs a row to follow the head of the roster that was checked. */
type Sign = (change: LedgerChange) => Promise<SignedChange>

/**
 * Checks the part in the newest roster, and signs the change to follow the head of that roster. If
 * a colleague acts first, checks the next roster again, at most three times. Sends nothing when the
 * roster already contains the change.
 *
 * @throws Refusal `record_changed` when a colleague has changed the part. `chain_moved` when
 *   colleagues acted first each time. Otherwise the codes of `nextRoster` and `send`.
 */
export const sendUnlessChanged = (
  { keys, nextRoster }: LedgerWriter,
  { isRead, isSaved }: PartVersions,
  send: (sign: Sign, roster: Roster) => Promise<unknown>,
): Promise<void> =>
  followingHead(async (roster) => {
    if (isSaved?.(roster)) return
    if (!isRead(roster)) throw new Refusal('record_changed')
    const place = { prev: toB64(roster.head), nowMs: Date.now() }
    await send((change) => signChange(keys, change, place), roster)
  }, nextRoster)
