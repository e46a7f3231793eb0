// Determines from the replayed roster which work remains after a departure. The workspace needs
// only this part of the departure code on every page.
import { lastAccepted } from '#protocol/staff/ledger/roster-epoch-rules'
import type { Roster, RosterEpoch, TeamGeneration } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { newestEpoch } from '../ledger/key-facts.ts'

const newestTeamOf = ({ teams }: Roster): TeamGeneration | undefined =>
  teams.get(Math.max(0, ...teams.keys()))

export const lacksEpoch = (roster: Roster): boolean => {
  const newest = newestEpoch(roster)
  return newest !== null && newest.row < roster.leftAt
}
export const lacksTeam = (roster: Roster): boolean => {
  const newest = newestTeamOf(roster)
  return newest !== undefined && newest.row < roster.leftAt
}

/** Lists the epochs which are older than the departure and whose letters are still accepted. */
export function unretired(roster: Roster): RosterEpoch[] {
  const today = dayNumber(Date.now())
  return [...roster.epochs.values()].filter(
    (epoch) => epoch.row < roster.leftAt && lastAccepted(epoch) >= today,
  )
}

/** Lists the generations which are older than the departure and of which copies still exist. */
export const unended = (roster: Roster): TeamGeneration[] =>
  [...roster.teams.values()].filter(({ row, hasEnded }) => row < roster.leftAt && !hasEnded)

/** Lists the numbers of the epochs that a former colleague can open. */
export const epochsBefore = ({ epochs, leftAt }: Roster): number[] =>
  [...epochs.values()]
    .filter(({ row, hasEnded }) => row < leftAt && !hasEnded)
    .map(({ epoch }) => epoch)

/** Returns true while a former colleague may hold a key that is still in use. */
export const isDepartureOpen = (roster: Roster): boolean =>
  lacksEpoch(roster) ||
  lacksTeam(roster) ||
  unretired(roster).length > 0 ||
  unended(roster).length > 0
