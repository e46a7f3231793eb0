import { expect, test } from 'vitest'
import { ReadReports } from '#site/staff/search/compose-cases.ts'
import { findCases } from '#site/staff/search/find-cases.ts'
import { type ReadCase } from '#site/staff/search/read-case.ts'
import { suggestCases } from '#site/staff/search/suggest-cases.ts'
import { NO_COUNTS } from './support/no-counts.ts'

const read = (id: string, changes: Partial<ReadCase>): ReadCase => ({
  ...{ id, mergedInto: null, mergedFirst: null, day: '2026-11-01' },
  ...{ followUps: 0, rows: 0, signed: null },
  ...{
    title: '',
    tags: [],
    risk: null,
    language: 'ky',
    marks: [],
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
    words: '',
  },
  ...changes,
})

function suggestIn(...reports: ReadCase[]) {
  const all = new ReadReports()
  for (const each of reports) all.put(each)
  return (id: string) => suggestCases(all.cases, id, all.reportsOf(id))
}

test('A case with the same number in another spelling is suggested with the number', async () => {
  const suggest = suggestIn(
    read('open', { words: 'Мага +996 555 12-34-56 деген номерден чалышты' }),
    read('same', { title: 'Кафе', words: 'Позвонили с 0555 123456' }),
    read('other', { words: '0555 123457' }),
  )
  expect(await suggest('open')).toEqual([
    { id: 'same', title: 'Кафе', why: [{ kind: 'phone', text: '+996 555 12-34-56' }] },
  ])
})

test.each([
  ['handle', 'Телеграм @Work_Moscow', 'пишет t.me/work_moscow'],
  ['agency', 'Агенттик «Жаңы жол»', 'фирма "Жаны жол"'],
])('A case with the same %s is suggested', async (kind, one, other) => {
  const suggest = suggestIn(read('open', { words: one }), read('same', { words: other }))
  const [found] = await suggest('open')
  expect([found?.id, found?.why[0]?.kind]).toEqual(['same', kind])
})

test('A name of a person, a mark and a place are clues in all words of other cases', async () => {
  const suggest = suggestIn(
    read('open', { names: ['Тимур Асанов'], marks: ['кызыл фура'], places: ['Токмок'] }),
    read('name', { words: 'Аны Timur Asanov дешет' }),
    read('mark', { words: 'Кызыл фура келди' }),
    read('place', { words: 'Биз Токмок шаарындабыз' }),
  )
  expect((await suggest('open')).map(({ id, why }) => [id, why[0]?.kind])).toEqual([
    ['mark', 'mark'],
    ['name', 'name'],
    ['place', 'place'],
  ])
})

test('The case with more shared clues comes first, and a case never suggests itself', async () => {
  const words = '+996 555 123456, @alma_work'
  const suggest = suggestIn(
    read('open', { words }),
    read('one', { words: '@alma_work' }),
    read('two', { words: '0555123456 alma_work' }),
  )
  expect((await suggest('open')).map(({ id }) => id)).toEqual(['two', 'one'])
})

test('A clue that very many cases share does not count as a clue', async () => {
  const many = Array.from({ length: 31 }, (_, at) => read(`n${at}`, { words: 'Бишкек шаары' }))
  const suggest = suggestIn(read('open', { places: ['Бишкек'] }), ...many)
  expect(await suggest('open')).toEqual([])
})

test('The clues of an absorbed report count for its case', async () => {
  const suggest = suggestIn(
    read('open', {}),
    read('part', { mergedInto: 'open', words: '0700 112233' }),
    read('same', { words: '+996700112233' }),
  )
  expect((await suggest('open')).map(({ id }) => id)).toEqual(['same'])
})

test('The words of a report count for the surviving case after two merges', () => {
  for (const order of [
    ['one', 'two', 'last'],
    ['last', 'two', 'one'],
  ]) {
    const reports = new Map([
      ['one', read('one', { mergedInto: 'two', words: '0700 112233', tags: ['жумуш'] })],
      ['two', read('two', { mergedInto: 'last', tags: ['жумуш', 'айдоочу'] })],
      ['last', read('last', { tags: ['цех'] })],
    ])
    const all = new ReadReports()
    for (const id of order) all.put(reports.get(id)!)
    expect([...all.cases.keys()]).toEqual(['last'])
    expect(all.cases.get('last')?.tags.toSorted()).toEqual(['айдоочу', 'жумуш', 'цех'])
    expect(findCases(all.cases.values(), '112233')?.map(({ id }) => id)).toEqual(['last'])
    all.drop('one')
    expect(findCases(all.cases.values(), '112233')).toEqual([])
  }
})

test('A case without clues, and a case that is not read, have no suggestions', async () => {
  const suggest = suggestIn(read('open', { words: 'Жардам керек' }), read('other', {}))
  expect(await suggest('open')).toEqual([])
  expect(await suggest('unknown')).toEqual([])
})
