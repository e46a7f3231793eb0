// Releases the tables of organisations year after year, and attacks all released tables. Donors
// know the people whose help they paid for, and ask for the tables again when facts have changed.
import { mayLeave, type FiguresLeave } from '#protocol/staff/figures'
import { seededRandom } from '#scripts/shared/seeded-random'
import { helpedPeople } from '#site/staff/figures/helped-people.ts'
import { yearFigures } from '#site/staff/figures/yearly-tables.ts'
import { attackCopies, attackYear, type DonorList, type LeftYear } from './attacker.ts'
import { firstYearOf, KnownYear, TABLES } from './known-year.ts'
import { casesOf, changePeople, COUNTRIES, drawPeople, type DrawnPerson } from './random-years.ts'

const YEARS = [2026, 2027, 2028, 2029, 2030]
const LIST = { since: 2026, tables: TABLES, countries: COUNTRIES }

/** Makes the tables of a year. */
export interface Publisher {
  make: (people: readonly DrawnPerson[], year: number) => LeftYear | null
  /** true for a publisher that recomputes the tables of a year whenever somebody asks */
  makesAgain: boolean
}

/** The project's own code. */
export const OURS: Publisher = {
  make: (people, year) => yearFigures(helpedPeople(casesOf(people)), 100, year, LIST),
  makesAgain: false,
}

/**
 * Lists the published numbers that cover fewer than 11 people, or that leave out fewer than 11.
 */
const saidOfFew = (said: LeftYear, known: KnownYear): string[] =>
  said.tables.flatMap(({ table, lines }) =>
    lines.flatMap(({ codes }) => {
      const size = known.count(table, codes)
      return size < 11 || known.size - size < 11 ? [`${said.year}: ${table} ${codes.join()}`] : []
    }),
  )

/** Lists the numbers whose error is larger than rounding can explain. */
const saidWrong = (said: LeftYear, known: KnownYear): string[] =>
  said.tables.flatMap(({ table, lines }) =>
    lines.flatMap(({ codes, people }) => {
      const size = known.count(table, codes)
      const fits = people === 'most' ? size >= 0.9 * known.size : Math.abs(people - size) <= 2
      return fits ? [] : [`${said.year}: ${table} ${codes.join()} is ${size}, not ${people}`]
    }),
  )

/** Each donor paid for the help of some people, and knows everything about them. */
const donorsOf = (roll: () => number, known: KnownYear): DonorList[] =>
  [0.2, 0.5, 0.8].map((share) => {
    const own = new Set(
      Array.from({ length: known.size }, (_, at) => at).filter(() => roll() < share),
    )
    return (table, codes) => known.count(table, codes, own)
  })

export interface Attack {
  /** sentences about what was learned */
  found: string[]
  /** sentences about wrong numbers */
  wrong: string[]
  /** number of released lines */
  lines: number
}

/** Releases the tables of five years, one after another. */
function attackOrganisation(roll: () => number, { make, makesAgain }: Publisher): Attack {
  const people = drawPeople(roll, YEARS)
  const attack: Attack = { found: [], wrong: [], lines: 0 }
  let last: FiguresLeave | null = null
  for (const year of YEARS) {
    const met = people.filter((each) => firstYearOf(each) <= String(year))
    const said = make(met, year)
    const known = new KnownYear(met, year)
    if (said) {
      attack.lines += said.tables.flatMap(({ lines }) => lines).length
      attack.found.push(...attackYear(said, donorsOf(roll, known)), ...saidOfFew(said, known))
      attack.wrong.push(...saidWrong(said, known))
    }
    changePeople(roll, people, year)
    if (!said) continue
    const leaving = { ...said, since: 2026, letters: null, checkpoint: 1 } as FiguresLeave
    if (!mayLeave(leaving, last, `${year + 1}-01-10T10:00Z`))
      throw new Error('a year did not leave')
    last = leaving
    const again = makesAgain || mayLeave(leaving, last, `${year + 1}-03-01T10:00Z`)
    const copy = again ? make(people, year) : null
    if (copy) attack.found.push(...attackCopies(said, copy))
  }
  return attack
}

/** Attacks the tables of this many years. */
export function attackYears(years: number, seed: number, publisher: Publisher): Attack {
  const roll = seededRandom(seed)
  const all: Attack = { found: [], wrong: [], lines: 0 }
  for (let done = 0; done < years; done += YEARS.length) {
    const { found, wrong, lines } = attackOrganisation(roll, publisher)
    all.found.push(...found)
    all.wrong.push(...wrong)
    all.lines += lines
  }
  return all
}
