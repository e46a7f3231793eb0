// Draws the ordinary letters of the month, and the people who work on them the next day. The same
// seed produces the same month.
import { happens, type Chance } from '#scripts/shared/seeded-random'
import { AWAY, lineTime, READERS, timeOf, type Line, type Name } from './story.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const LETTERS = 45
const LAST_DAY = 28
/** The hours at which people write: many write at eleven at night. */
const WRITING_HOURS = [23, 23, 23, 3, 10, 14, 19]

const isAway = (who: Name, ms: number): boolean => {
  const [from, until] = AWAY[who] ?? []
  return from !== undefined && until !== undefined && ms >= timeOf(from) && ms <= timeOf(until)
}

/** @param told  the lines whose minutes are occupied */
export function ordinaryLines(chance: Chance, told: readonly Line[]): Line[] {
  const taken = new Set(told.map(([at, who]) => `${at} ${who}`))
  const lines: Line[] = []
  /** Finds a minute in a working day when these people do nothing else. */
  const freeFor = (who: readonly Name[], day: number): string => {
    for (;;) {
      const ms = timeOf('01 09:00') + day * DAY_MS + chance.below(9 * 60) * MINUTE_MS
      const names = who.map((name) => `${lineTime(ms)} ${name}`)
      if (names.some((name) => taken.has(name))) continue
      for (const name of names) taken.add(name)
      return lineTime(ms)
    }
  }
  for (let n = 1; n <= LETTERS; n++) {
    const letter = `L${n}`
    // The month begins on its first morning, so nobody writes during the night before.
    const begun = 1 + chance.below(LAST_DAY - 2)
    const written = timeOf('01 00:00') + begun * DAY_MS + chance.one(WRITING_HOURS) * HOUR_MS
    lines.push([lineTime(written + chance.below(60) * MINUTE_MS), letter, 'writes'])
    const day = begun + 1
    const [one, other] = twoOf(chance, day)
    const first = freeFor([one, other], day)
    const later = day + 1
    const [next] = twoOf(chance, later)
    const many = (does: 'answers' | 'notes' | 'describes the case'): void =>
      void lines.push([first, one, does, letter], [first, other, does, letter])
    const work: (() => void)[] = [
      () => void lines.push([first, one, 'answers', letter]),
      () => many('answers'),
      () => many('notes'),
      () => many('describes the case'),
      () => {
        lines.push([first, one, 'plans', letter], [first, other, 'tries to call', letter])
        lines.push([freeFor([next], later), next, 'answers', letter])
      },
      () => {
        lines.push([first, one, 'answers', letter], [first, other, 'notes', letter])
        lines.push([eveningOf(day), letter, 'writes again'])
        lines.push([freeFor([next], later), next, 'answers', letter])
      },
    ]
    chance.one(work)()
    const [last] = twoOf(chance, later + 1)
    if (happens(chance, 40)) lines.push([freeFor([last], later + 1), last, 'closes', letter])
  }
  return lines
}

const eveningOf = (day: number): string => lineTime(timeOf('01 21:00') + day * DAY_MS)

const presentNames = (day: number): Name[] =>
  READERS.filter((who) => !isAway(who, timeOf('01 12:00') + day * DAY_MS))

/** @param day  from 0 */
function twoOf(chance: Chance, day: number): [Name, Name] {
  const one = chance.one(presentNames(day))
  return [one, chance.one(presentNames(day).filter((who) => who !== one))]
}
