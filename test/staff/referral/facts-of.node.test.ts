import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { UNCLASSIFIED } from '#site/staff/crypto/classification.ts'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import { factsOf, knownDetailsOf, wordsOfCase } from '#site/staff/referral/facts-of.ts'
import { findDetails } from '#site/staff/referral/find-details.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { tell } from '../support/people.ts'
import { TeamEdge } from '../support/team-edge.ts'
import { WorkedCase } from '../support/worked-case.ts'

const contact = {
  ...{ how: 'сайт', when: 'түнкүсүн', avoid: 'чалбагыла', name: 'Жылдыз', word: 'алмаз' },
}
const person = (rest: Partial<CasePerson>): CasePerson => ({
  ...{
    v: 2,
    kind: 'person',
    role: 'victim',
    classes: UNCLASSIFIED,
    name: '',
    contact: '',
    age: '',
    text: '',
  },
  ...rest,
})

let team: Colleagues
let loaded: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  const edge = await TeamEdge.begin(team)
  const plain = { text: 'Биринчи кат', place: 'Новосибирск', needs: ['shelter' as const], contact }
  const work = new WorkedCase(await edge.post(await tell(team.staff, plain)), edge)
  await work.openAndTake(team.aigul)
  const people = [
    person({ name: 'Айпери', age: '24', contact: '@aiperi' }),
    person({ name: 'Гүлзат', role: 'relative' }),
    person({ name: 'Жаныбек', role: 'suspect' }),
    person({ role: 'witness' }),
  ]
  for (const [at, each] of people.entries()) {
    const { sealed } = await work.load(team.aigul)
    await writeIn(team.aigul, sealed).record({ record: at + 1, revision: 1 }, each)
  }
  loaded = await work.load(team.aigul)
  vi.unstubAllGlobals()
})
afterEach(() => void vi.unstubAllGlobals())

const factsOfFirst = () =>
  factsOf(loaded, { caseId: loaded.item.id, record: 1 }, (code) => `need ${code}`)

test('Facts are those of the chosen person and of the letters', () => {
  expect(factsOfFirst().values).toMatchObject({
    ...{ name: 'Айпери', age: '24', contact: '@aiperi', place: 'Новосибирск' },
    ...{ needs: 'need shelter', safe_contact: 'чалбагыла; сайт; түнкүсүн', school: '' },
  })
})

test('A follow-up that the server sealed itself adds no contact, place or words', () => {
  const report = {
    ...loaded.first!.report,
    ...{ text: 'Бул телефонго чалгыла', place: 'Шылуун көчөсү', contact: { how: '@attacker' } },
  }
  const forged = { id: 'forged', day: '2999-01-01', report, isProven: false, missingBefore: 0 }
  const seen = { ...loaded, followUps: [...loaded.followUps, forged] }
  const facts = factsOf(seen, { caseId: loaded.item.id, record: 1 }, (code) => code)
  expect(JSON.stringify([facts, wordsOfCase(seen)])).not.toMatch(/attacker|Шылуун|телефонго/)
  // The app still marks details of an unproven letter where they occur in other texts.
  expect(knownDetailsOf(seen, []).places).toContain('Шылуун көчөсү')
})

test('The name to ask for and the word of recognition are in no fact', () => {
  expect(JSON.stringify(factsOfFirst())).not.toMatch(/Жылдыз|алмаз/)
})

test('Other people are offered without those who are accused or have no name', () => {
  expect(factsOfFirst().others.map(({ name, role }) => [name, role])).toEqual([
    ['Гүлзат', 'relative'],
  ])
})

test('Without a record the letters alone are known', () => {
  const { values, others } = factsOf(loaded, null, (code) => code)
  expect([values.name, values.place]).toEqual(['', 'Новосибирск'])
  expect(others.map(({ name }) => name)).toEqual(['Айпери', 'Гүлзат'])
})

test('Every name of the case is marked, of accused people and colleagues too', () => {
  const known = knownDetailsOf(loaded, ['Бермет'])
  const text = 'Айпериге, Гүлзат, Жаныбекке, Жылдыз, алмаз, Бермет, Новосибирскте'
  const { marks } = findDetails(text, known)
  expect(marks.map(({ kind }) => kind)).toEqual([
    ...(['name', 'name', 'name', 'name', 'name', 'name'] as const),
    'place',
  ])
})

test('The letters of the person are offered as words', () => {
  expect(wordsOfCase(loaded).map(({ source, text }) => [source, text])).toEqual([
    ['letter', 'Биринчи кат'],
  ])
})
