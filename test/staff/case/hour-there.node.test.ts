import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countryRecords } from '#content/countries.ts'
import { languages } from '#content/languages.ts'
import { countryIn, hourThere } from '#site/staff/case/read/hour-there.ts'
import { wordsIn } from '#scripts/browser/words'

// A reader in Bishkek, at 03:39 in the morning.
const NIGHT = Date.parse('2026-11-28T21:39:00Z')
beforeEach(() => void vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-360))
afterEach(() => vi.restoreAllMocks())

const at = (place: string): string | null => hourThere([place], NIGHT)

test.each([
  ['Турция', '00:39'],
  ['Анталья, Турция, отель у моря', '00:39'],
  ['в Турции', '00:39'],
  ['Түркияда иштейм', '00:39'],
  ['Түркия', '00:39'],
  ['Antalya (Türkiye)', '00:39'],
  ['ОАЭ, Дубай', '01:39'],
  ['Бириккен Араб Эмираттарында', null],
  ['Түштүк Кореядагы завод', '06:39'],
  ['в Корее', '06:39'],
  ['Германия', '22:39'],
  ['Улуу Британия', '21:39'],
])('The hour of the place "%s" is %s', (place, hour) => {
  expect(at(place)).toBe(hour)
})

test('In summer the hour of a country with summer time is one later', () => {
  expect(hourThere(['Польша'], Date.parse('2026-07-01T12:00:00Z'))).toBe('14:00')
  expect(hourThere(['Польша'], Date.parse('2026-12-01T12:00:00Z'))).toBe('13:00')
})

test.each([
  ['a country with distant time zones', 'Россия'],
  ['a country with distant time zones', 'США, Чикаго'],
  ['a town', 'Анталья, отель'],
  ['no place', ''],
  ['a union of countries', 'Евросоюз'],
  ['two countries', 'Турция, раньше Польша'],
  ['a country that the person left', 'приехала из Турции'],
  ['an embassy elsewhere', 'у посольства Турции'],
  ['a word that begins alike', 'Туркмения'],
  ['the country of the reader', 'Кыргызстан, Ош'],
])('The place of a letter that names %s has no hour (%s)', (_what, place) => {
  expect(at(place)).toBeNull()
})

test('Letters of one case from two countries have no hour, from one country they have it', () => {
  expect(hourThere(['Турция', 'Польша'], NIGHT)).toBeNull()
  expect(hourThere(['Турция', 'Стамбул', 'в Турции'], NIGHT)).toBe('00:39')
})

test('A country with close time zones shows the first and the last hour', () => {
  vi.spyOn(Intl, 'Locale').mockImplementation(
    class {
      getTimeZones = (): string[] => ['Europe/Warsaw', 'Europe/Kyiv', 'Europe/Berlin']
    } as unknown as typeof Intl.Locale,
  )
  expect(at('Польша')).toBe('22:39–23:39')
})

test('A browser that does not know the time zones of a country shows no hour', () => {
  vi.spyOn(Intl, 'Locale').mockImplementation(
    class {
      language = 'und'
    } as unknown as typeof Intl.Locale,
  )
  expect(at('Турция')).toBeNull()
})

test('Each country is found by its name in every language, and no name is of two countries', () => {
  for (const { country, names } of countryRecords) {
    for (const lang of languages) expect(names).toContain(wordsIn(lang)(`country.${country}`))
    for (const name of names) expect([name, countryIn([name])]).toEqual([name, country])
  }
})
