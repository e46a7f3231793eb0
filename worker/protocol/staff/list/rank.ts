// Defines the order of the list: the groups of cases, their ranks, and the grades within a group.
// The store builds the SQL for the `rank` column from these groups. The staff app sorts and groups
// its lines by the same groups. Moving or adding a group requires a migration of that column.
// Reading does not affect the order: a line that has been read looks lighter, but stays in its
// place.
import { GRADES, type Grade } from '../../limits.ts'
import type { Status, WaitsFor } from '../fields.ts'

/**
 * The groups, in the order in which the list shows them.
 * - `danger`: in danger, and no colleague has acted since the person last wrote
 * - `due`: a task is due today or earlier
 * - `us`, `person`: the party that the case waits for
 */
export const GROUPS = ['danger', 'due', 'us', 'person', 'closed'] as const
export type Group = (typeof GROUPS)[number]

/** The facts about a case that determine its group. */
export interface RankFacts {
  status: Status
  danger: boolean
  /** see QueueItem */
  acted: boolean
  waitsFor: WaitsFor
  grade: Grade
}

/** A group that does not depend on the day, with the facts that its cases have in common. */
export interface RankGroup extends Partial<Pick<RankFacts, 'status' | 'danger' | 'acted'>> {
  readonly group: Group
  readonly waitsFor?: WaitsFor
}

/**
 * A case belongs to the first group that it fits. Every case that is not merged fits one of the
 * groups.
 */
export const RANK_GROUPS: readonly RankGroup[] = [
  { group: 'closed', status: 'closed' },
  { group: 'danger', danger: true, acted: false },
  { group: 'us', waitsFor: 'us' },
  { group: 'person' },
]

/** The groups whose cases move up to `due` on the day on which a task is due. */
export const GROUPS_BEFORE_DUE: readonly Group[] = ['us', 'person']

/** The lowest rank of merged cases, which the list does not show. */
export const MERGED_RANK = 32

export const HIGHEST_GRADE = Math.max(...GRADES) as Grade

/** Returns the lane of a report: lane A contains the grades from 1 upwards. */
export const laneOf = ({ grade }: Pick<RankFacts, 'grade'>): 'A' | 'B' => (grade > 0 ? 'A' : 'B')

/** Returns the rank for a group and a grade: the highest grade comes first. */
export const rankIn = (group: Group, grade: Grade): number =>
  GROUPS.indexOf(group) * GRADES.length + HIGHEST_GRADE - grade

/** Returns the rank of a case that is not merged. The rank does not depend on the day. */
export function rankOf(facts: RankFacts): number {
  const fits = ({ group: _, ...wanted }: RankGroup): boolean =>
    Object.entries(wanted).every(([fact, value]) => facts[fact as keyof RankFacts] === value)
  const found = RANK_GROUPS.find(fits)
  if (!found) throw new Error('no group of the list fits')
  return rankIn(found.group, facts.grade)
}

/** The conditions that affect the order and are the same for all lines. */
export interface OrderAt {
  /** day in the organisation's time zone, which decides when tasks are due */
  today: string
  /** true during a flood: the highest grade then comes first in each group */
  isFlood: boolean
}

/** The facts that the place of a line depends on. */
export interface LineFacts extends RankFacts {
  id: string
  waitsSince: string
  dueDay: string | null
}

/** A place in the list. Places are compared by group, grade (the highest first), day and id. */
export interface OrderPlace {
  group: Group
  /** the grade of the case during a flood, otherwise HIGHEST_GRADE for every line */
  grade: Grade
  /**
   * the day on which a task is due, or since which the case has been waiting; the earliest comes
   * first
   */
  day: string
}

export function linePlaceOf(facts: LineFacts, { today, isFlood }: OrderAt): OrderPlace {
  const group = GROUPS[Math.floor(rankOf(facts) / GRADES.length)] ?? 'closed'
  const grade = isFlood ? facts.grade : HIGHEST_GRADE
  const { dueDay, waitsSince } = facts
  return dueDay !== null && dueDay <= today && GROUPS_BEFORE_DUE.includes(group)
    ? { group: 'due', grade, day: dueDay }
    : { group, grade, day: waitsSince }
}
