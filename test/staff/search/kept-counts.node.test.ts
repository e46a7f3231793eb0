import { describe, expect, test } from 'vitest'
import type { OpenLetters, OurReply } from '#site/staff/case/read/open-letters.ts'
import { UNCLASSIFIED, type Classification } from '#site/staff/crypto/classification.ts'
import type { CasePerson } from '#site/staff/crypto/case-record.ts'
import type { OpenReport } from '#site/staff/crypto/open-report.ts'
import { countsIn, keptCountsOf, type KeptCounts } from '#site/staff/search/kept-counts.ts'
import { NO_COUNTS } from './support/no-counts.ts'

const DAY = '2026-11-26'
type PersonRole = CasePerson['role']
const letter = (at: string, test?: true): OpenReport =>
  ({ report: { at, ...(test && { test }) } }) as OpenReport
const reply = (at: string): OurReply => ({ index: 0, day: DAY, at, text: '', files: [] })
const person = (classes: Partial<Classification> = {}, role: PersonRole = 'victim') =>
  ({
    record: 1,
    kept: { v: 2, kind: 'person', role, classes: { ...UNCLASSIFIED, ...classes } },
  }) as Parameters<typeof keptCountsOf>[0]['persons'][number]

interface Parts {
  letters?: OpenLetters
  answers?: OurReply[]
  persons?: ReturnType<typeof person>[]
}
const ONE_LETTER: OpenLetters = { first: letter('2026-11-26T10:00Z'), followUps: [] }

const countsOf = ({ letters = ONE_LETTER, answers = [], persons = [] }: Parts = {}): KeptCounts =>
  keptCountsOf({ day: DAY, letters, answers, persons })

describe('The first reply', () => {
  test('Is the time from the first letter to the first of our replies', () => {
    const answers = [reply('2026-11-26T13:00Z'), reply('2026-11-30T13:00Z')]
    expect(countsOf({ answers }).replyMinutes).toBe(180)
    expect(countsOf().replyMinutes).toBeNull()
  })

  test('Is unknown when the clock of the writer was wrong, or a time is missing', () => {
    const answers = [reply('2026-11-26T13:00Z')]
    for (const at of ['', '2019-01-01T00:00Z', '2026-11-26T14:00Z'])
      expect(
        countsOf({ letters: { first: letter(at), followUps: [] }, answers }).replyMinutes,
      ).toBe(null)
    expect(countsOf({ answers: [reply('')] }).replyMinutes).toBeNull()
  })
})

test('Letters that do not open are not counted, and a mark of the sender changes nothing', () => {
  const followUps = [
    { id: 'a', day: '2027-01-02', letter: letter('2027-01-02T10:00Z') },
    { id: 'b', day: '2027-01-03', letter: null },
  ]
  const first = letter('2026-11-26T10:00Z', true)
  expect(countsOf({ letters: { first, followUps } })).toMatchObject({
    letters: [
      { year: '2026', n: 1 },
      { year: '2027', n: 1 },
    ],
  })
  expect(countsOf({ letters: { first: null, followUps: [] } }).letters).toEqual([])
})

test('A thread waits until we have replied to its last letter', () => {
  const followUps = [{ id: 'a', day: DAY, letter: letter('2026-11-26T12:00Z') }]
  const letters = { first: letter('2026-11-26T10:00Z'), followUps }
  expect(countsOf().waits).toBe(true)
  expect(countsOf({ letters, answers: [reply('2026-11-26T11:00Z')] }).waits).toBe(true)
  expect(countsOf({ letters, answers: [reply('2026-11-26T12:00Z')] }).waits).toBe(false)
})

describe('The facts of a person', () => {
  test('Are the ones that figures count, without methods of control and indicators', () => {
    const persons = [
      person({
        gender: 'Feminine',
        control: ['DebtBondage'],
        exploitedIn: ['RU'],
        status: 'unknown',
      }),
    ]
    expect(countsOf({ persons }).people).toEqual([
      {
        ...{ record: 1, role: 'victim', gender: 'Feminine', under18: null },
        ...{ exploitation: null, exploitedIn: ['RU'] },
      },
    ])
  })

  test('Are not kept of a person who is accused', () => {
    const persons = [person({ gender: 'Masculine' }, 'suspect'), person()]
    expect(countsOf({ persons }).people).toHaveLength(1)
    expect(countsOf({ persons }).accused).toHaveLength(1)
  })

  test.each([
    [{ under18: 'yes', ageBand: 'from25' }, 'yes'],
    [{ under18: 'no', ageBand: 'under18' }, 'yes'],
    [{ under18: 'unknown', ageBand: 'under18' }, 'yes'],
    [{ under18: null, ageBand: 'under18' }, 'yes'],
    [{ under18: null, ageBand: 'from35' }, 'no'],
    [{ under18: null, ageBand: 'unknown' }, 'unknown'],
    [{ under18: null, ageBand: null }, null],
  ] as const)('An age of %o is kept as under 18: %s', (classes, under18) => {
    expect(countsOf({ persons: [person(classes)] }).people[0]?.under18).toBe(under18)
  })
})

test('A merged case counts once, from its first letter, and a case closed as a test never', () => {
  const report = (
    id: string,
    day: string,
    counts: Partial<KeptCounts>,
    closeReason: 'helped' | 'test' = 'helped',
  ) => ({
    ...{ id, day, signed: { status: 'closed', closeReason, statusDay: '2026-12-01' } as const },
    counts: { ...NO_COUNTS, letters: [{ year: day.slice(0, 4), n: 1 }], ...counts },
  })
  const all = [
    report('main', '2026-11-26', { replyMinutes: 60 }),
    report('absorbed', '2025-12-30', { replyMinutes: 90, waits: true }),
    report('test', '2025-01-01', { replyMinutes: 1 }, 'test'),
  ]
  expect(countsIn(all)).toEqual({
    ...{ since: '2025-12-30', status: 'closed', statusDay: '2026-12-01', waits: true },
    letters: [
      { year: '2026', n: 1 },
      { year: '2025', n: 1 },
    ],
    replies: [
      { year: '2026', minutes: 60 },
      { year: '2025', minutes: 90 },
    ],
    ...{ people: [], accused: [] },
  })
  expect(countsIn(all.slice(2)).since).toBeNull()
})
