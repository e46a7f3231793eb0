// Opens the next epoch, retires older epochs and deletes their keys. Each row is signed to follow
// the head of the roster that this browser has replayed.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type EpochEnd, type EpochOpen, type EpochRetire } from '#protocol/staff/ledger/keys'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { sendAction } from '../api/send-action.ts'
import { makeEpoch } from '../crypto/make-epoch.ts'
import { signChange, type LedgerChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { newestEpoch } from './key-facts.ts'
import { readersIn } from './read-roster.ts'

type Keeping = Pick<UnlockedKeys, 'personId' | 'sign' | 'publicKeys'>
type Signer = Pick<UnlockedKeys, 'personId' | 'sign'>

const signFor = ({ head }: Roster, keys: Signer, change: LedgerChange) =>
  signChange(keys, change, { prev: toB64(head), nowMs: Date.now() })

/**
 * @throws Refusal `not_allowed` for a person whom the root has not certified. `chain_moved` when
 *   the ledger has rows that the roster does not include.
 */
export async function openNextEpoch(keys: Keeping, roster: Roster): Promise<void> {
  const keeper = roster.people.get(keys.personId)?.keeper
  if (!keeper) throw new Refusal('not_allowed')
  const epoch = (newestEpoch(roster)?.epoch ?? 0) + 1
  const holders = { readers: readersIn(roster), recovery: roster.recovery }
  const today = dayNumber(Date.now())
  const { manifest, ...made } = await makeEpoch(keys, keeper, holders, { epoch, today })
  const change: EpochOpen = { epoch, manifest }
  const signed = await signFor(roster, keys, {
    action: 'epoch.open',
    subject: String(epoch),
    change,
  })
  await sendAction('epoch.open', { signed, ...made })
}

/** @param day  the first UTC day on which reports are refused */
export async function sendRetirement(
  keys: Signer,
  roster: Roster,
  epoch: number,
  day: string,
): Promise<void> {
  const change: EpochRetire = { epoch, day }
  const signed = await signFor(roster, keys, {
    action: 'epoch.retire',
    subject: String(epoch),
    change,
  })
  await sendAction('epoch.retire', signed, String(epoch))
}

/** Deletes the private keys of an epoch. @throws Refusal `epoch_in_use` while letters remain */
export async function sendEpochEnd(keys: Signer, roster: Roster, epoch: number): Promise<void> {
  const change: EpochEnd = { epoch }
  const signed = await signFor(roster, keys, {
    action: 'epoch.end',
    subject: String(epoch),
    change,
  })
  await sendAction('epoch.end', signed, String(epoch))
}
