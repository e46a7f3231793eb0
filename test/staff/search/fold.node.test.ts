import { expect, test } from 'vitest'
import { fold, foldWithPlaces } from '#site/staff/search/fold.ts'

test.each([
  ['case and ё', 'Семён ЁЛКИН', 'семен елкин'],
  ['ң, ө and ү', 'Жаңыл өлкөгө үйдөн', 'жаныл олкого уйдон'],
  ['a Kyrgyz name in Latin letters', 'Жамиля Айгүл', 'Jamilia Aygul'],
  ['a Russian name in Latin letters', 'Дмитрий Щербаков', 'Dmitry Shcherbakov'],
  ['дж, j and dzh', 'Джамал Jamal', 'Dzhamal Жамал'],
  ['kh and х', 'Бахыт', 'Bakhyt'],
  ['ye and е', 'Сергеевна', 'Sergeyevna'],
  ['Latin letters that look like Cyrillic ones', 'Mocквa', 'Москва'],
  ['double letters', 'Жээнбеков, Анна', 'Женбеков Ана'],
  ['Turkish letters', 'Şanlıurfa Çağrı', 'Шанлиурфа Чагри'],
  ['marks that stand alone', 'и\u0306од', 'йод'],
  ['punctuation and line ends', '«Кафе»\n(Ош)…', 'кафе ош'],
  ['an apostrophe', 'Ak’sai', 'Аксай'],
  ['spaces, dashes and brackets in a number', '+996 (555) 12-34-56', '996555123456'],
  ['dots in a number', '12.05.2024', '12 05 2024'],
])('Folding does not distinguish spellings by %s', (_, one, other) => {
  expect(fold(one)).toBe(fold(other))
})

test('Folding keeps different words and neighbouring numbers of different things apart', () => {
  expect(fold('Ош')).not.toBe(fold('Оч'))
  expect(fold('3 женщины, 2 детей')).toBe(' 3 jenwini 2 detei ')
  expect(fold('комната 5, 12')).toBe(' komnata 5 12 ')
})

test('Folding keeps the Cyrillic letters сх apart, so that half a word is found', () => {
  expect(fold('восход')).toContain('hod')
})

test('Folding keeps the double digits of a number', () => {
  expect(fold('0555 11 22')).toBe(' 05551122 ')
})

test('Folding keeps letters of other scripts', () => {
  expect(fold('دبي 東京 x')).toBe(' دبي 東京 ks ')
})

test('Folding an empty text gives one space', () => {
  expect([fold(''), fold(' … ')]).toEqual([' ', ' '])
})

test('Folding works for a text of any length', () => {
  const long = 'Щука и ёж. '.repeat(5000)
  expect(fold(long)).toBe(` ${'wuka i ej '.repeat(5000)}`)
})

test('Each folded character knows its place in the original text', () => {
  const text = 'Аты — Щукина Юлия, +996 555 12-34.'
  const { folded, places } = foldWithPlaces(text)
  const original = (words: string): string => {
    const at = folded.indexOf(words)
    const from = places[at] ?? 0
    const to = places[at + words.length] ?? 0
    return text.slice(from, to)
  }
  expect(original('wukina')).toBe('Щукина')
  expect(original('iulia')).toBe('Юлия')
  expect(original('5551234')).toBe('555 12-34')
  expect(places).toHaveLength(folded.length)
})
