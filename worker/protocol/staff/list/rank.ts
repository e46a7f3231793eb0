// Orders the list: the groups of cases, their ranks and the two lanes. The store builds the SQL of
// the `rank` column from these groups. The staff app sorts and groups by them. A group that moves
// or is added needs a migration of that column.
import { GRADES, type Grade } from '../../limits.ts'
import type { Status } from '../fields.ts'

/** A group of the list. Without `danger` the group takes cases in danger and all others. */
export interface RankGroup {
  readonly status: Status
  readonly danger?: boolean
}

/** The groups in the order of the list. Every case fits exactly one, until it is merged. */
export const RANK_GROUPS: readonly RankGroup[] = [
  { danger: true, status: 'new' },
  { danger: true, status: 'in_progress' },
  { danger: false, status: 'new' },
  { danger: false, status: 'in_progress' },
  { status: 'closed' },
]

/** The lowest rank of merged cases, which the list does not show. */
export const MERGED_RANK = 32

/** The facts of a case that its rank depends on. */
export interface RankFacts {
  status: Status
  danger: boolean
  grade: Grade
}

/** Returns the group of a case. Danger counts until a case is closed. */
export function groupOf({ status, danger }: Omit<RankFacts, 'grade'>): RankGroup {
  const isIn = (group: RankGroup): boolean =>
    group.status === status && (group.danger ?? danger) === danger
  const group = RANK_GROUPS.find(isIn)
  if (!group) throw new Error(`no group of the list for ${status}`)
  return group
}

/** Returns the first rank of a group, which has one rank for each grade. */
export const firstRankOf = (group: RankGroup): number => RANK_GROUPS.indexOf(group) * GRADES.length

export const HIGHEST_GRADE = Math.max(...GRADES)

/** Returns the position of a grade within a group: the highest grade is first. */
const placeOf = (grade: Grade): number => HIGHEST_GRADE - grade

/** Returns the rank of a case that is not merged: 0 for danger, new and the highest grade. */
export const rankOf = (facts: RankFacts): number =>
  firstRankOf(groupOf(facts)) + placeOf(facts.grade)

/** Lists the ranks of some groups and grades. */
export const ranksOf = (
  isIn: (group: RankGroup) => boolean,
  grades: readonly Grade[] = GRADES,
): number[] =>
  RANK_GROUPS.filter(isIn).flatMap((group) =>
    grades.map((grade) => firstRankOf(group) + placeOf(grade)),
  )

/** Returns true for new cases, with danger or without. */
export const isNewGroup = ({ status }: RankGroup): boolean => status === 'new'

/** Reads a rank of the list; undefined for any other text. */
export const readRank = (text: string): number | undefined =>
  ranksOf(() => true).find((rank) => String(rank) === text)

/** Returns the lane of a report: lane A holds the grades from 1 upwards. */
export const laneOf = ({ grade }: Pick<RankFacts, 'grade'>): 'A' | 'B' => (grade > 0 ? 'A' : 'B')
