// Determines from the replayed roster how long the keys last, and which work remains after a
// departure.
import { fromB64 } from '#protocol/bytes'
import { firstEnding, type Ending } from '#protocol/keys/key-days'
import { DAY_MS } from '#protocol/limits'
import { EPOCH_KEPT_DAYS } from '#protocol/staff/ledger/keys'
import { keeperLastDayIn, newestNumber } from '#protocol/staff/ledger/roster-checks'
import { lastAccepted } from '#protocol/staff/ledger/roster-epoch-rules'
import type { Member, Roster, RosterEpoch } from '#protocol/staff/ledger/roster-state'
import { dayNumber, dayOf } from '#protocol/time'
import { dayInDigits } from '../i18n/dates.ts'
import { readersIn } from './read-roster.ts'

export interface KeeperFacts {
  member: Member
  /** days since 1970, UTC */
  lastDay: number
}

export const newestEpoch = ({ epochs }: Pick<Roster, 'epochs'>): RosterEpoch | null =>
  epochs.get(newestNumber(epochs)) ?? null

/** Lists the keepers, beginning with the one whose certificate expires last. */
export const keepersIn = (roster: Pick<Roster, 'people'>): KeeperFacts[] =>
  readersIn(roster)
    .flatMap((member) => (member.keeper ? [{ member, lastDay: member.keeper.lastDay }] : []))
    .sort((one, other) => other.lastDay - one.lastDay)

/** Lists the keepers whose certificates have not expired. @param today  days since 1970, UTC */
export const activeKeepersIn = (roster: Pick<Roster, 'people'>, today: number): KeeperFacts[] =>
  keepersIn(roster).filter(({ lastDay }) => lastDay >= today)

/** Formats a number of days since 1970 as `24.11.2026`. */
export const dayText = (day: number): string => dayInDigits(dayOf(day * DAY_MS))

/** Returns the epoch or the certificate that ends first, or null for a roster without an epoch. */
export function endingIn(roster: Pick<Roster, 'epochs' | 'people'>, nowMs: number): Ending | null {
  const epoch = newestEpoch(roster)
  return epoch && firstEnding(fromB64(epoch.manifest), keeperLastDayIn(roster), nowMs)
}

/** Returns true when an epoch is old enough for its private keys to be deleted. */
export const mayEnd = (
  epoch: RosterEpoch,
  roster: Pick<Roster, 'epochs'>,
  nowMs: number,
): boolean =>
  !epoch.hasEnded &&
  epoch !== newestEpoch(roster) &&
  dayNumber(nowMs) > lastAccepted(epoch) + EPOCH_KEPT_DAYS
