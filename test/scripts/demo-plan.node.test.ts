// Checks many planned reports of the demo, and the arguments of its command, without making a demo.
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { readDemoArguments } from '#scripts/demo/arguments'
import { RECRUITERS } from '#scripts/demo/parts'
import { planReport, type PlannedReport } from '#scripts/demo/plan-report'
import { Stop } from '#scripts/shared/progress'

const [SEED, NOW] = [5, Date.now()]
const many = Array.from({ length: 4000 }, (_, index) => planReport(SEED, index, NOW))
const shareOf = (fits: (plan: PlannedReport) => boolean): number =>
  many.filter(fits).length / many.length

/** Returns the status after the last event. */
const statusOf = ({ events }: PlannedReport): string =>
  events.reduce<string>(
    (before, event) =>
      event.what === 'status' ? event.to : event.what === 'followUp' ? 'new' : before,
    'new',
  )

test('The statuses and the lengths of the demo are those of real casework', () => {
  for (const [status, share] of [
    ['new', 0.08],
    ['in_progress', 0.14],
    ['closed', 0.78],
  ] as const) {
    const found = shareOf((plan) => statusOf(plan) === status)
    expect(Math.abs(found - share), `${status}: ${found}`).toBeLessThan(0.02)
  }
  const lengths = many.map(({ plain }) => plain.text.length).sort((a, b) => a - b)
  const quantile = (part: number): number => lengths[Math.floor(lengths.length * part)] ?? 0
  expect(Math.abs(quantile(0.5) - 380)).toBeLessThan(40)
  expect(Math.abs(quantile(0.9) - 970)).toBeLessThan(80)
})

test('Each recruiter and agency of the demo appears in many reports, in every language', () => {
  for (const { name, agency } of RECRUITERS)
    for (const lang of languages)
      for (const word of [name[lang], agency[lang]]) {
        const share = shareOf(({ plain }) => plain.lang === lang && plain.text.includes(word))
        expect(share, word).toBeGreaterThan(0)
      }
  const writers = ({ events }: PlannedReport): number =>
    new Set(events.flatMap((event) => ('by' in event ? [event.by] : []))).size
  expect(shareOf((plan) => writers(plan) > 1)).toBeGreaterThan(0.3)
})

test('The same seed plans the same demo, and another seed plans a different one', () => {
  const planned = (seed: number) =>
    Array.from({ length: 30 }, (_, index) => planReport(seed, index, NOW))
  expect(planned(SEED)).toEqual(planned(SEED))
  expect(planned(SEED + 1)).not.toEqual(planned(SEED))
})

test('The demo invents only numbers that begin with a code that nobody has', () => {
  const words = JSON.stringify(Array.from({ length: 500 }, (_, at) => planReport(SEED, at, NOW)))
  const numbers = words.match(/\+\d[\d -]{6,}/g) ?? []
  expect(numbers.length).toBeGreaterThan(100)
  for (const number of numbers) expect(number.replaceAll(/[ -]/g, '')).toMatch(/^\+(996|7)000\d+/)
})

test('The demo reads its number of reports, its seed, what it makes and who confirms', () => {
  const usual = { total: 1000, seed: 1, isMakeOnly: false, hasConfirmer: true }
  expect(readDemoArguments([])).toEqual(usual)
  expect(readDemoArguments(['0', '--seed', '9', '--make-only'])).toEqual({
    ...usual,
    total: 0,
    seed: 9,
    isMakeOnly: true,
  })
  expect(readDemoArguments(['--no-confirmer'])).toEqual({ ...usual, hasConfirmer: false })
  expect(readDemoArguments(['--seed', '9', '100000']).total).toBe(100_000)
})

test.each([
  ['-1', ['-1']],
  ['100001', ['100001']],
  ['1.5', ['1.5']],
  ['many', ['many']],
  ['30 40', ['30', '40']],
  ['--seed', ['--seed']],
  ['--seed -3', ['--seed', '-3']],
  ['--quick', ['--quick']],
])('The demo refuses "%s" with a sentence that says how to use it', (_, given) => {
  expect(() => readDemoArguments(given)).toThrow(Stop)
  expect(() => readDemoArguments(given)).toThrow(/Use: npm run demo -- /)
})
