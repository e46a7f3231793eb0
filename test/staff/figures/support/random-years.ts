// Draws the people whom an organisation helped over several years, in the form that a device's
// index stores. This file knows the codes of the tables, but none of the rules for releasing
// tables.
import { HELP_KINDS, type HelpKind } from '#site/staff/crypto/case-entry.ts'
import { EXPLOITATIONS, GENDERS } from '#site/staff/crypto/classification.ts'
import type { KeptPerson } from '#site/staff/search/kept-counts.ts'
import type { KeptHelp } from '#site/staff/search/kept-help.ts'

export const COUNTRIES = ['RU', 'KZ', 'TR', 'AE', 'KR', 'KG'] as const
const FAR = ['BH', 'PL', 'OM'] as const

/** Returns a random number from 0 up to 1. */
type Roll = () => number

/** A person, with everything that happened to that person, by day. */
export interface DrawnPerson {
  facts: Omit<KeptPerson, 'record' | 'role'>
  helps: { day: string; kind: HelpKind }[]
}

/** A choice weighted towards the first answers, because most people give one of them. */
function skewed<T>(roll: Roll, items: readonly T[], steepness: number): T {
  const at = Math.floor(items.length * roll() ** steepness)
  return items[Math.min(at, items.length - 1)] as T
}

function factsOf(roll: Roll, steepness: number): DrawnPerson['facts'] {
  const orNone = <T>(answer: T): T | 'unknown' | null =>
    roll() < 0.15 ? (roll() < 0.5 ? null : 'unknown') : answer
  const some = <T>(items: readonly T[]): T[] => {
    const times = roll() < 0.2 ? 2 : 1
    return [...new Set(Array.from({ length: times }, () => skewed(roll, items, steepness)))]
  }
  return {
    gender: orNone(skewed(roll, GENDERS.slice(0, 3), steepness + 1)),
    under18: orNone(roll() < 0.12 ? 'yes' : 'no'),
    exploitation: orNone(some(EXPLOITATIONS)),
    exploitedIn: orNone(some([...COUNTRIES, ...FAR])),
  }
}

const dayIn = (roll: Roll, year: number): string =>
  new Date(Date.UTC(year, 0, 1 + Math.floor(roll() * 365))).toISOString().slice(0, 10)

/** Draws a person who was first helped in the given year, and perhaps again in later years. */
function drawPerson(roll: Roll, year: number, last: number): DrawnPerson {
  const steepness = 1 + roll() * 2
  const helps = []
  for (let of = year; of <= last; of++) {
    if (of > year && roll() < 0.7) continue
    const times = 1 + Math.floor(roll() * 3)
    for (let n = 0; n < times; n++)
      helps.push({ day: dayIn(roll, of), kind: skewed(roll, HELP_KINDS, steepness) })
  }
  return { facts: factsOf(roll, steepness), helps }
}

/** Numbers of people in a year, from too few for a table to more than the Foundation helps. */
const SIZES = [9, 24, 48, 90, 123, 180, 300] as const

export const drawPeople = (roll: Roll, years: readonly number[]): DrawnPerson[] => {
  const last = Math.max(...years)
  const size = skewed(roll, SIZES, 1)
  return years.flatMap((year) =>
    Array.from({ length: Math.floor(size * (0.6 + roll() * 0.8)) }, () =>
      drawPerson(roll, year, last),
    ),
  )
}

/** Changes facts, and adds help that colleagues recorded late. */
export function changePeople(roll: Roll, people: DrawnPerson[], year: number): void {
  for (const person of people) {
    const drawn = roll()
    if (drawn < 0.02) person.facts = factsOf(roll, 1)
    else if (drawn < 0.03)
      person.helps.push({ day: dayIn(roll, year), kind: skewed(roll, HELP_KINDS, 1) })
  }
  const late = Math.floor(roll() * 6)
  for (let n = 0; n < late; n++) people.push(drawPerson(roll, year, year))
}

/** Each person is a case with one record. */
export const casesOf = (people: readonly DrawnPerson[]) =>
  people.map(({ facts, helps }, at) => {
    const id = `case ${at}`
    const days = helps.map(({ day }) => day).sort()
    return {
      id,
      help: helps.map(({ day, kind }, n): KeptHelp => ({
        ...{ n, help: kind, day, outcome: 'given', isOurs: true },
        person: { caseId: id, record: 1 },
      })),
      counts: {
        since: days[0] ?? '2026-01-01',
        people: [{ ...facts, record: 1, role: 'victim' as const, caseId: id }],
        accused: [],
      },
    }
  })
