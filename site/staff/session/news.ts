// Counts what has arrived since the list was loaded. The count is the difference between totals
// that only increase, so no action by a colleague can hide an arrival.
import type { Arrivals } from '#protocol/staff/list/queue'

export const NEWS = [
  'reports',
  'letters',
  'answers',
  'notes',
  'records',
  'status',
  'holder',
] as const
export type News = Partial<Record<(typeof NEWS)[number], number>>

/**
 * Counts the arrivals since the list was loaded. Counts nothing until both totals are known.
 */
export const listNews = (now: Arrivals | undefined, loaded: Arrivals | undefined): News => ({
  reports: grownBy(now?.reports, loaded?.reports),
  letters: grownBy(now?.followUps, loaded?.followUps),
})

export const grownBy = (now: number | undefined, then: number | undefined): number =>
  now === undefined || then === undefined ? 0 : Math.max(0, now - then)
