import { expect, test } from 'vitest'
import { findCases, foldParts, type SearchedCase } from '#site/staff/search/find-cases.ts'

const searched = (id: string, day: string, ...parts: string[]): SearchedCase => {
  const four = [0, 1, 2, 3].map((at) => parts[at] ?? '')
  return { id, day, parts: four, ...foldParts(four) }
}

const CASES = [
  searched('title', '2026-01-01', 'Кафе в Москве, три женщины'),
  searched('mark', '2026-02-01', '', 'кафе "Ала-Тоо"'),
  searched('person', '2026-03-01', '', '', 'Хозяин кафе, 0555 12-34-56'),
  searched(
    'words',
    '2026-04-01',
    '',
    '',
    '',
    'Мен Москвада кафеде иштейм, телефон +996 555 123456',
  ),
  searched('newer', '2026-05-01', '', '', '', 'Ошто мейманкана бар. Биз үчөөбүз, паспорт жок'),
]

const idsOf = (text: string): string[] | undefined => findCases(CASES, text)?.map(({ id }) => id)

test('A search puts the title first, then marks, persons and other words', () => {
  expect(idsOf('кафе')).toEqual(['title', 'mark', 'person', 'words'])
})

test('A search finds only cases that have all words', () => {
  expect(idsOf('кафе москва')).toEqual(['title', 'words'])
  expect(idsOf('кафе паспорт')).toEqual([])
})

test('One letter alone finds whole words only, however often it is typed', () => {
  expect(idsOf('щщщщ')).toEqual([])
  expect(idsOf('а')).toEqual([])
  const own = searched('own', '2026-01-01', 'Письмо о доме')
  for (const text of ['о', 'ооо']) expect(findCases([own], text)).toHaveLength(1)
})

test('Of two equal cases a search puts the newer one first', () => {
  const both = [searched('old', '2025-01-01', 'Отель'), searched('new', '2026-01-01', 'Отель')]
  expect(findCases(both, 'отель')?.map(({ id }) => id)).toEqual(['new', 'old'])
})

test.each([
  ['half a word', 'йманк', 'newer'],
  ['a Kyrgyz ending', 'мейманканадан', 'newer'],
  ['a name without its ending', 'Ош', 'newer'],
  ['another Kyrgyz ending of a short name', 'Оштон', 'newer'],
  ['a Russian ending', 'паспорта', 'newer'],
  ['Latin letters', 'meimankana pasport', 'newer'],
])('A search finds a case by %s', (_, text, id) => {
  expect(idsOf(text)?.[0]).toBe(id)
})

test.each(['+996 555 12-34-56', '0555123456', '996555123456', '555 12 34', '00996 555 123 456'])(
  'A search finds a phone number written as %s in both of its spellings',
  (text) => {
    expect(idsOf(text)).toEqual(['person', 'words'])
  },
)

test('A search finds Cyrillic words typed in Latin letters that look alike', () => {
  expect(findCases([searched('a', '2026-01-01', 'ТЕАТР НАТА')], 'HATA')).toHaveLength(1)
})

test('A search without a word finds nothing and says so', () => {
  expect(findCases(CASES, '  … ')).toBeNull()
  expect(findCases(CASES, '')).toBeNull()
})

test('A hit is marked in the original text with the words around it', () => {
  const [found] = findCases(CASES, '555 12 34') ?? []
  expect(found?.excerpt()).toEqual(['Хозяин кафе, 0', '555 12-34', '-56'])
  const [word] = findCases(CASES, 'uchoobuz') ?? []
  expect(word?.excerpt()[1]).toBe('үчөөбүз')
})

const excerptIn = (words: string, query: string) =>
  findCases([searched('long', '2026-01-01', '', '', '', words)], query)?.[0]?.excerpt()

test('A long text around a hit is cut on both sides, between words', () => {
  const words = `${'узун сөз '.repeat(50)}тулку${' кыска сөз'.repeat(50)}`
  const [before, hit, after] = excerptIn(words, 'тулку') ?? []
  expect(hit).toBe('тулку')
  expect(before).toMatch(/^…(узун |сөз ){12,}$/)
  expect(after).toMatch(/^( кыска| сөз){10,}…$/)
})

test('A cut leaves the word of the hit whole, however long it is', () => {
  const [before, hit, after] = excerptIn(`${'а'.repeat(99)}тулку${'б'.repeat(99)}`, 'тулку') ?? []
  expect([before, hit, after]).toEqual([`…${'а'.repeat(60)}`, 'тулку', `${'б'.repeat(60)}…`])
})

test('An excerpt shows the ends of lines as dots', () => {
  expect(excerptIn('Биз бешөөбүз.\nЭлчилик эртең күтөт.\n\nЮрист', 'элчилик')).toEqual([
    'Биз бешөөбүз. · ',
    'Элчилик',
    ' эртең күтөт. · Юрист',
  ])
})

test.each([
  ['a wrong letter', 'мейманкуна', 'newer'],
  ['a letter too few', 'мейманкна', 'newer'],
  ['a letter too many', 'мейманкатна', 'newer'],
  ['two letters in the wrong order', 'меймакнана', 'newer'],
  ['a wrong letter before an ending', 'мейманкунадан', 'newer'],
])('A word with %s is found when no case has it as it was typed', (_, text, id) => {
  expect(idsOf(text)).toEqual([id])
})

test('A word as it was typed hides the words that are one error away', () => {
  const both = [
    searched('right', '2026-01-01', 'Коляска'),
    searched('near', '2026-01-02', 'Каляска'),
  ]
  expect(findCases(both, 'коляска')?.map(({ id }) => id)).toEqual(['right'])
  expect(findCases(both, 'каласка')?.map(({ id }) => id)).toEqual(['near'])
})

test('Two errors, a short word and a number are never found as something else', () => {
  for (const text of ['мийнанкана', 'кефе', '0555123457']) expect(idsOf(text)).toEqual([])
})

test('A near word is marked in the original text', () => {
  const [found] = findCases([searched('a', '2026-01-01', 'Балдар коляскасы бар')], 'каляска') ?? []
  expect(found?.excerpt()).toEqual(['Балдар ', 'коляска', 'сы бар'])
})
