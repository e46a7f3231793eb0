import { expect, test } from 'vitest'
import { helpedPeople } from '#site/staff/figures/helped-people.ts'
import type { PersonPlace } from '#site/staff/crypto/case-entry.ts'
import type { KeptPerson } from '#site/staff/search/kept-counts.ts'
import type { KeptHelp } from '#site/staff/search/kept-help.ts'

const kept = (rest: Partial<KeptHelp> = {}): KeptHelp => ({
  ...{ n: 1, help: 'medical', day: '2026-05-01', outcome: 'given', isOurs: true, person: null },
  ...rest,
})
const person = (record: number, caseId = 'a') => ({ caseId, record })
const facts = (record: number, caseId = 'a'): KeptPerson & { caseId: string } => ({
  ...{
    record,
    caseId,
    role: 'victim',
    gender: 'Feminine',
    under18: 'no',
    exploitation: null,
    exploitedIn: null,
  },
})
const ofCase = (
  id: string,
  help: KeptHelp[],
  {
    people = [],
    accused = [],
    since = '2026-05-01',
  }: { people?: typeof found; accused?: PersonPlace[]; since?: string | null } = {},
) => ({ id, help, counts: { since, people, accused } })
const found: ReturnType<typeof facts>[] = [facts(1)]

const yearsOf = (...cases: Parameters<typeof helpedPeople>): [string, readonly string[]][] =>
  helpedPeople(...cases).map(({ year, kinds }) => [year, kinds])

test('A person counts once ever, in the year of the first help, with the help of that year', () => {
  const help = [
    kept({ person: person(1), help: 'legal' }),
    kept({ person: person(1), day: '2025-03-01' }),
    kept({ person: person(1), day: '2025-09-01', help: 'work', isOurs: false }),
    kept({ person: person(2) }),
  ]
  expect(yearsOf([ofCase('a', help)])).toEqual([
    ['2025', ['medical', 'work']],
    ['2026', ['medical']],
  ])
})

test('Help of an accused person counts nobody, and is not the first of the case', () => {
  const help = [kept({ person: person(2), day: '2025-01-01' }), kept()]
  expect(yearsOf([ofCase('a', help, { people: found, accused: [person(2)] })])).toEqual([
    ['2026', ['medical']],
  ])
})

test('Help that was offered, refused or denied counts nobody', () => {
  const outcomes = (['offered', 'refused', 'denied'] as const).map((outcome) => kept({ outcome }))
  expect(yearsOf([ofCase('a', outcomes)])).toEqual([])
})

test('Help without a record of a person does not make a second person of a known one', () => {
  const cases = [ofCase('a', [kept(), kept({ person: person(1) })]), ofCase('b', [kept(), kept()])]
  expect(yearsOf(cases)).toEqual([
    ['2026', ['medical']],
    ['2026', ['medical']],
  ])
})

test('The facts of a person come from the record that the help names', () => {
  const cases = [
    ofCase('a', [kept({ person: person(1) })], { people: found }),
    ofCase('b', [kept()], { people: [facts(1, 'b'), facts(2, 'b')] }),
  ]
  expect(helpedPeople(cases).map((each) => each.facts)).toEqual([facts(1), null])
})

test('Help that names nobody is for the only victim of the case, and for no relative', () => {
  const relative = { ...facts(2, 'b'), role: 'relative' as const }
  const cases = [
    ofCase('a', [kept()], { people: [...found, { ...facts(2), role: 'witness' }] }),
    ofCase('b', [kept()], { people: [relative] }),
  ]
  expect(helpedPeople(cases).map((each) => each.facts)).toEqual([facts(1), null])
})

test('A case of test letters counts nobody', () => {
  expect(helpedPeople([ofCase('a', [kept()], { since: null })])).toEqual([])
})
