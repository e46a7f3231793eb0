// Runs 50 searches in the demo, which has 2,000 reports. The searches were written before the
// search was tuned. The searches contain partial words, Kyrgyz and Russian endings, Latin letters
// for Cyrillic ones, and other number formats.
import { expect, test } from 'vitest'
import { PLANTED_FACTS, reportWithFact } from '#scripts/demo/planted-facts'
import { planReport, type PlannedReport } from '#scripts/demo/plan-report'
import { ReadReports } from '#site/staff/search/compose-cases.ts'
import { findCases } from '#site/staff/search/find-cases.ts'
import { type ReadCase } from '#site/staff/search/read-case.ts'
import questions from './questions.json' with { type: 'json' }
import { NO_COUNTS } from './support/no-counts.ts'

const [SEED, TOTAL, NOW] = [1, 2000, Date.UTC(2026, 10, 20)] as const
/** Number of top results that must include the case for a search to succeed. */
const FIRST = 5

const wordsOf = ({ plain, events }: PlannedReport): string =>
  [plain.text, plain.place ?? '', ...events.map((event) => ('text' in event ? event.text : ''))]
    .filter((text) => text !== '')
    .join('\n')

function readAs(index: number): ReadCase {
  const plan = planReport(SEED, index, NOW)
  return {
    id: String(index),
    day: new Date(plan.arrivedAt).toISOString().slice(0, 10),
    ...{
      mergedInto: null,
      mergedFirst: null,
      followUps: 0,
      rows: 0,
      signed: null,
      title: '',
      tags: [],
      risk: null,
      marks: [],
    },
    ...{
      language: plan.plain.lang,
      persons: '',
      names: [],
      places: [],
      tasks: [],
      endedElsewhere: [],
      help: [],
      mendedElsewhere: [],
      referrals: [],
      counts: NO_COUNTS,
      handovers: [],
      readElsewhere: [],
    },
    words: wordsOf(plan),
  }
}

const all = new ReadReports()
for (let index = 0; index < TOTAL; index++) all.put(readAs(index))

const placeOf = (fact: number, question: string): number =>
  findCases(all.cases.values(), question)?.findIndex(
    ({ id }) => id === String(reportWithFact(fact)),
  ) ?? -1

test('Each planted fact appears in its report of the demo, and has two questions', () => {
  for (const [fact, text] of PLANTED_FACTS.entries()) {
    expect(all.reports.get(String(reportWithFact(fact)))?.words).toContain(text)
    expect(questions.filter(([of]) => of === fact)).toHaveLength(2)
  }
  expect(questions).toHaveLength(50)
})

test('At least 48 of 50 questions find their case among the first five', () => {
  const missed = questions
    .map(([fact, question]) => [question, placeOf(Number(fact), String(question))] as const)
    .filter(([, place]) => place < 0 || place >= FIRST)
  expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(2)
})

test('A hit is marked in the words that the person wrote', () => {
  const [found] = findCases(all.cases.values(), 'Ravshanbek') ?? []
  expect(found?.excerpt()[1]).toBe('Равшанбек')
})
