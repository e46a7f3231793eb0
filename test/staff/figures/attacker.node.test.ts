// Attacks 1,000 years of tables. Donors know the people whose help they paid for, and ask for the
// tables again after facts have changed. Some people are helped again in later years. The attacker
// shares no rule with the code that makes the tables.
import { expect, test } from 'vitest'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { attackYears, OURS, type Publisher } from './support/attack-years.ts'
import { firstYearOf, KnownYear, TABLES } from './support/known-year.ts'
import { type DrawnPerson } from './support/random-years.ts'

test('No group of 1 to 10 people is learned from 1,000 years of tables', SAMPLED, () => {
  const seed = seedFor('the attack on the yearly tables')
  const years = sampleOf(1000, 20_000)
  const { found, wrong, lines } = attackYears(years, seed, OURS)
  expect([found, wrong]).toEqual([[], []])
  // Tables without lines would also be safe, but useless.
  expect(lines).toBeGreaterThan(2 * years)
})

interface Careless {
  fewest: number
  rounding: number
  saysAllBut: boolean
}

const CAREFUL: Careless = { fewest: 11, rounding: 5, saysAllBut: false }

/** Makes tables with independent code that contains one fault. */
const careless = (fault: Partial<Careless>): Publisher => {
  const { fewest, rounding, saysAllBut } = { ...CAREFUL, ...fault }
  const round = (n: number): number => Math.round(n / rounding) * rounding
  const make = (people: readonly DrawnPerson[], year: number) => {
    const known = new KnownYear(people, year)
    const tables = TABLES.map((table) => {
      const codes = known.codesOf(table)
      const few = codes.filter((code) => known.count(table, [code]) < fewest)
      const groups = codes.filter((code) => !few.includes(code)).map((code) => [code])
      if (few.length > 0) groups.push(few)
      const sizes = groups.map((group) => known.count(table, group))
      const fits = sizes.every((n) => n >= fewest && (saysAllBut || known.size - n >= fewest))
      const lines = groups.map((group, at) => ({ codes: group, people: round(sizes[at] ?? 0) }))
      return { table, lines: fits ? lines : [] }
    })
    return known.size < 11 ? null : { year, people: round(known.size), tables }
  }
  return { make, makesAgain: false }
}

/** Counts everybody who was helped in a year, including people who were first helped earlier. */
const everybody: Publisher = {
  make: (people, year) =>
    OURS.make(
      people.flatMap((each) => {
        const helps = each.helps.filter(({ day }) => day >= String(year))
        return helps.length > 0 ? [{ ...each, helps }] : []
      }),
      year,
    ),
  makesAgain: false,
}

test.each<[string, Publisher]>([
  ['numbers of five people and more', careless({ fewest: 5 })],
  ['numbers that are not rounded', careless({ rounding: 1 })],
  ['what is true of all but a few', careless({ saysAllBut: true })],
  ['other numbers when facts have changed', { ...OURS, makesAgain: true }],
])('The attacker learns of groups from tables that say %s', (_fault, publisher) => {
  expect(attackYears(200, 20_261_201, publisher).found.length).toBeGreaterThan(0)
})

test('People who were known before make the numbers of a later year wrong', () => {
  expect(attackYears(50, 20_261_201, everybody).wrong.length).toBeGreaterThan(0)
})

test('A person counts in the year of the first help, however often she is helped later', () => {
  const person: DrawnPerson = {
    facts: { gender: null, under18: null, exploitation: null, exploitedIn: null },
    helps: [
      { day: '2028-02-01', kind: 'legal' },
      { day: '2026-05-01', kind: 'medical' },
    ],
  }
  expect(firstYearOf(person)).toBe('2026')
  expect([2026, 2028].map((year) => new KnownYear([person], year).size)).toEqual([1, 0])
})
