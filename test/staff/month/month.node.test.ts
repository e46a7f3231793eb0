// Plays out a month of work by three readers, with a simulated clock. The month includes illness,
// leave, a holiday, a rota gap, races, and a danger that is taken and then forgotten. The edge, the
// keys and the modules of the staff app are real.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { seedFor } from '#test/sample.ts'
import { endFaults } from './support/check-end.ts'
import { DANGERS } from './support/dangers.ts'
import type { Team } from './support/month.ts'
import { ordinaryLines } from './support/ordinary.ts'
import { playMonth, type PlayedMonth } from './support/play-month.ts'
import { threeReaders } from './support/readers.ts'
import { BEGIN, END, GIVEN, lineTime, RACES, timeOf, type Line } from './support/story.ts'

let team: Team
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: timeOf(BEGIN) })
  team = await threeReaders()
})
afterEach(() => vi.unstubAllGlobals())
afterAll(() => vi.useRealTimers())

/** The calls in a story, as its lines describe them. */
const callsIn = (lines: readonly Line[], until: string): string[] =>
  lines
    .filter(([at, who]) => who === 'the edge' && at <= until)
    .map(([at, , , people]) => `${at} ${people ?? ''}`)

/** The calls that the devices received, in lines of the same format. */
function callsOf({ month: { calls } }: PlayedMonth): string[] {
  const minutes = [...new Set(calls.map(({ at }) => at))]
  return minutes.map((minute) => {
    const who = calls.filter(({ at }) => at === minute).map((each) => each.who)
    return `${lineTime(minute)} ${who.sort().join(' ')}`
  })
}

/** A busy machine needs a long time. */
const LONG = { timeout: 900_000 }
/** The first nights, and a day with races; together they are enough to find a planted fault. */
const SOME_DAYS = '06 06:00'
const RACING_DAY = '03 11:00'

const someLines = (lines: readonly Line[], until: string): Line[] =>
  lines.filter(([at]) => at <= until)

test(
  'In a month no danger is without an act or a red line, and no word is lost',
  LONG,
  async () => {
    const seed = seedFor('A month of three readers')
    const told = [...DANGERS, ...GIVEN, ...RACES]
    const lines = [...told, ...ordinaryLines(chanceFrom(seed), told)]
    const played = await playMonth(team, { lines, until: END })
    expect(played.faults).toEqual([])
    expect(callsOf(played)).toEqual(callsIn(DANGERS, END))
    expect(await endFaults(played.month)).toEqual([])
    const { letters, given, written, done, lostAnswers } = played.month
    expect(letters).toHaveLength(lines.filter(([, , does]) => does.startsWith('writes')).length)
    expect(letters.filter(({ isDanger }) => isDanger)).toHaveLength(13)
    expect(given.size).toBe(0)
    // During the month, some responses were lost, and some colleagues replied too late.
    expect(lostAnswers).toBeGreaterThan(0)
    const answersIn = (acts: typeof done | typeof written): number =>
      acts.filter(({ does }) => does === 'answers').length
    expect(answersIn(done)).toBeLessThan(answersIn(written))
  },
)

/** Plays some days on an edge with a planted fault. */
const playPlanted = (plant: string, lines: readonly Line[], until: string) =>
  playMonth(team, { lines: someLines(lines, until), until, plant })

describe('a planted fault', LONG, () => {
  test('When nobody is called again, the month finds danger without a red line', async () => {
    const played = await playPlanted('nobody-is-called-again', DANGERS, SOME_DAYS)
    expect(played.faults).toContain('06 02:56 Aigul sees no red line about D3')
    expect(callsOf(played)).not.toContain('06 02:56 Cholpon')
  })

  test('When the next on the rota is skipped, the month finds other calls', async () => {
    const played = await playPlanted('next-is-skipped', DANGERS, SOME_DAYS)
    expect(callsOf(played)).toContain('04 23:10 Aigul Bermet Cholpon')
    expect(callsOf(played)).not.toEqual(callsIn(DANGERS, SOME_DAYS))
  })

  test('When a race overwrites a record, the month finds broken logs and lost words', async () => {
    const played = await playPlanted('race-overwrites', RACES, RACING_DAY)
    const faults = await endFaults(played.month)
    expect(faults).toContainEqual(expect.stringMatching(/^Bermet in R1: the log is broken/))
    expect(faults).toContainEqual(expect.stringMatching(/describes the case.*is stored 0 times$/))
  })

  test('Without a planted fault the same days have none', async () => {
    const lines = [...DANGERS, ...RACES]
    const until = SOME_DAYS
    const played = await playMonth(team, { lines: someLines(lines, until), until })
    expect([played.faults, await endFaults(played.month)]).toEqual([[], []])
    expect(callsOf(played)).toEqual(callsIn(DANGERS, until))
  })
})
