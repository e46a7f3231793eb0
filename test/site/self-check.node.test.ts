import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { t } from '#site/i18n/text.ts'
import { outcomesOf, signs } from '#site/enhance/self-check/signs.ts'

const marking = (...ids: string[]) =>
  outcomesOf(signs.map(({ id, now }) => ({ now, marked: ids.includes(id) })))

test('All eleven signs exist in every language', () => {
  expect(new Set(signs.map(({ id }) => id)).size).toBe(11)
  for (const lang of languages)
    for (const { id } of signs) expect(t(lang, `self.${id}`)).not.toBe('')
})

test('The self-check asks about passport and wages first', () => {
  expect(signs.slice(0, 2).map(({ id }) => id)).toEqual(['documents', 'wages'])
})

test('The self-check claims nothing without a mark', () => {
  expect(marking()).toEqual(['none'])
})

test('One mark is enough to say that the person can ask for help', () => {
  for (const { id, now } of signs.filter((sign) => !sign.now))
    expect(marking(id), `${id} ${now}`).toEqual(['some'])
})

test('The self-check names possible danger first, before the other result', () => {
  expect(marking('violence')).toEqual(['now', 'some'])
  expect(marking('wages', 'movement', 'debt')).toEqual(['now', 'some'])
})
