// Counts everybody who was first helped in a year, according to the definitions of the tables. The
// test restates these definitions independently.
import { COUNTRIES, type DrawnPerson } from './random-years.ts'

export const TABLES = ['help', 'sex', 'age', 'exploitation', 'country'] as const

export const firstYearOf = ({ helps }: DrawnPerson): string =>
  helps.reduce((first, { day }) => (first === '' || day < first ? day : first), '').slice(0, 4)

function answersOf({ facts, helps }: DrawnPerson, table: string, year: number): string[] {
  const listed = (answer: readonly string[] | 'unknown' | null): string[] =>
    answer === null || answer === 'unknown' ? ['unknown'] : [...answer]
  if (table === 'help')
    return helps.filter(({ day }) => day.startsWith(String(year))).map(({ kind }) => kind)
  if (table === 'sex') return [facts.gender ?? 'unknown']
  if (table === 'age')
    return [{ yes: 'under18', no: 'adult', unknown: 'unknown' }[facts.under18 ?? 'unknown']]
  if (table === 'exploitation') return listed(facts.exploitation)
  return listed(facts.exploitedIn).map((code) =>
    code === 'unknown' || COUNTRIES.some((each) => each === code) ? code : 'elsewhere',
  )
}

export class KnownYear {
  readonly year: number
  readonly size: number
  /** the answers of every person, keyed by table */
  readonly #answers: ReadonlyMap<string, readonly string[][]>

  constructor(people: readonly DrawnPerson[], year: number) {
    const all = people.filter((each) => firstYearOf(each) === String(year))
    this.year = year
    this.size = all.length
    this.#answers = new Map(
      TABLES.map((table) => [table, all.map((each) => answersOf(each, table, year))]),
    )
  }

  codesOf(table: string): string[] {
    return [...new Set(this.#answers.get(table)?.flat())]
  }

  /** @param own  numbers of the people to count; by default, all people */
  count(table: string, codes: readonly string[], own?: ReadonlySet<number>): number {
    const isIn = (answers: string[], at: number): boolean =>
      (own?.has(at) ?? true) && answers.some((code) => codes.includes(code))
    return this.#answers.get(table)?.filter(isIn).length ?? 0
  }
}
