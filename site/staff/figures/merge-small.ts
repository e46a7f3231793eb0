// Summarises the people helped in a year in a table that may leave the organisation. Small
// categories are merged, never hidden. A table that would describe too few people, or all but a
// few, is left empty.
import { FEWEST, ROUND_TO, type YearlyLine } from '#protocol/staff/figures'

/**
 * A category of a table, with the numbers that identify its people. A person may be in several
 * categories.
 */
export interface Category {
  code: string
  people: ReadonlySet<number>
}

export const roundSum = (n: number): number => Math.round(n / ROUND_TO) * ROUND_TO

/** Nine tenths or more of the people count as "most". */
export const MOST = 0.9

/**
 * @param categories  all categories in the list, and one for people about whom nothing is known.
 *   Every person is in at least one category.
 * @param total  number of all people
 */
export function mergeSmall(categories: readonly Category[], total: number): YearlyLine[] {
  const groups = groupsOf(categories)
  const fits = ({ size }: Pick<Group, 'size'>): boolean => size >= FEWEST && total - size >= FEWEST
  if (!groups.every(fits)) return []
  return groups.map(({ codes, size }) => ({
    codes,
    people: size >= MOST * total ? 'most' : roundSum(size),
  }))
}

interface Group {
  codes: string[]
  size: number
}

/** Merges the small categories, then the next larger ones until the group has enough people. */
function groupsOf(categories: readonly Category[]): Group[] {
  const bySize = [...categories].sort((a, b) => a.people.size - b.people.size)
  const merged = new Set<Category>()
  const people = new Set<number>()
  for (const each of bySize) {
    const isSmall = each.people.size < FEWEST
    if (!isSmall && (merged.size === 0 || people.size >= FEWEST)) break
    merged.add(each)
    for (const person of each.people) people.add(person)
  }
  const alone = categories.filter((each) => !merged.has(each))
  const groups = alone.map((each) => ({ codes: [each.code], size: each.people.size }))
  if (merged.size === 0) return groups
  const codes = categories.filter((each) => merged.has(each)).map(({ code }) => code)
  return [...groups, { codes, size: people.size }]
}
