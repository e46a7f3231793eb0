// Decides when, and with which colleague, a person compares the digits of the ledger. So two people
// who are shown different ledgers notice the difference, even if they never open the same case.
import { DAY_MS } from '#protocol/limits'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { readersIn } from './read-roster.ts'
import type { LastTime } from './remembered-head.ts'

/**
 * Time in days after which two people compare the digits again, even if nobody has joined or left.
 */
const COMPARE_DAYS = 30

/**
 * Returns the ids of two readers, beginning with the one who signed the last change to the staff.
 */
function comparers(roster: Pick<Roster, 'people' | 'peopleChange'>): string[] {
  const ids = readersIn(roster)
    .map(({ id }) => id)
    .sort()
  const first = ids.find((id) => id === roster.peopleChange?.by) ?? ids[0]
  const second = ids.find((id) => id !== first)
  return first !== undefined && second !== undefined ? [first, second] : []
}

/** @param compared  zeros until this browser's user has compared the digits for the first time */
export function isCompareDue(
  roster: Pick<Roster, 'people' | 'peopleChange'>,
  personId: string,
  compared: LastTime,
  nowMs: number,
): boolean {
  if (!comparers(roster).includes(personId)) return false
  const hasChanged = (roster.peopleChange?.row ?? 0) > compared.n
  return hasChanged || nowMs - compared.at >= COMPARE_DAYS * DAY_MS
}
