import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ageConflicts } from '#site/staff/case/read/age-conflicts.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { ageSays, minorOf } from '#site/staff/case/read/minor-of.ts'
import { type Classification } from '#site/staff/crypto/classification.ts'
import { colleagues } from '../../support/colleagues.ts'
import { workedCases } from '../../support/worked-case.ts'
import { classes, classified, setPerson } from './support.ts'

let loaded: LoadedReport
/** The first person has no recorded age, and the second person is a child. */
beforeAll(async () => {
  const team = await colleagues()
  const [work] = await workedCases(team, ['Биринчи кат'])
  await work!.openAndTake(team.aigul)
  await setPerson(work!, team.aigul, classified())
  await setPerson(work!, team.aigul, classified({ under18: 'yes' }), 2)
  loaded = await work!.load(team.aigul)
})
afterEach(() => vi.unstubAllGlobals())

const of = (age: string, rest: Partial<Classification>, record = 1, among = loaded) =>
  ageConflicts(among, { caseId: among.item.id, record }, { age }, classes(rest))

test('An age in the record and the classification that differ are both shown', () => {
  expect(of('16', { under18: 'no' })).toEqual(['age_child', 'other'])
  expect(of('24', { under18: 'yes' })).toEqual(['age_adult'])
  expect(of('24', { ageBand: 'under18' })).toEqual(['age_adult'])
  expect(of('16', { ageBand: 'from18' }, 2)).toEqual(['age_child'])
})

test('The answer and the band that differ are shown, and count as a child', () => {
  expect(of('', { under18: 'no', ageBand: 'under18' })).toEqual(['band'])
  expect(of('', { under18: 'yes', ageBand: 'from25' })).toEqual(['band'])
})

test('A year of birth is no age, so nobody is an adult by it', () => {
  expect(of('2010', { under18: 'yes' })).toEqual([])
  expect(of('2010-жылы туулган', { ageBand: 'under18' })).toEqual([])
  expect(ageSays('2010')).toBe('unknown')
  expect([ageSays('16 же 17'), ageSays('24')]).toEqual(['yes', 'no'])
})

test('An age under 18 counts also beside a year or a date of birth', () => {
  for (const age of ['16, 2009-жылы туулган', '16 (2009)', '2009, 16', '17, 04.05.2008'])
    expect([age, ageSays(age)]).toEqual([age, 'yes'])
  for (const age of ['25.04.1990', '1990', ''])
    expect([age, ageSays(age)]).toEqual([age, 'unknown'])
  expect(ageSays('35, 04.05.1990')).toBe('no')
})

test('A letter, or another person, may be the child of the case', () => {
  const { first } = loaded
  if (!first) throw new Error('the first letter opens')
  const told = {
    ...loaded,
    first: { ...first, report: { ...first.report, under18: 'yes' as const } },
  }
  expect(of('', { under18: 'no' }, 1, told)).toEqual(['letter', 'other'])
  expect(of('', { under18: 'no' }, 2, told)).toEqual(['letter'])
  expect(minorOf(told)).toBe('yes')
})

test('What agrees, and what nobody knows, is no conflict', () => {
  for (const [age, rest] of [
    ['16', { under18: 'yes', ageBand: 'under18' }],
    ['24', { under18: 'unknown', ageBand: 'unknown' }],
    ['', { under18: 'yes' }],
    ['17', {}],
  ] as const)
    expect([age, of(age, rest)]).toEqual([age, []])
})
