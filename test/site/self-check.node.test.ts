import { expect, test } from 'vitest'
import { languages } from '#site/i18n/languages.ts'
import { t } from '#site/i18n/text.ts'
import { outcomesOf } from '#site/islands/self-check/outcome.ts'
import { signs } from '#site/islands/self-check/signs.ts'

const marking = (...ids: string[]) =>
  outcomesOf(signs.map(({ id, now }) => ({ now, marked: ids.includes(id) })))

test('all eleven signs are there, in every language', () => {
  expect(new Set(signs.map(({ id }) => id)).size).toBe(11)
  for (const lang of languages)
    for (const { id } of signs) expect(t(lang, `self.${id}`)).not.toBe('')
})

test('without a mark nothing is claimed', () => {
  expect(marking()).toEqual(['none'])
})

test('one mark is enough to say that help can be asked for', () => {
  for (const { id, now } of signs.filter((sign) => !sign.now))
    expect(marking(id), `${id} ${now}`).toEqual(['some'])
})

test('what may be danger now is said first, beside anything else', () => {
  expect(marking('violence')).toEqual(['now', 'some'])
  expect(marking('wages', 'movement', 'debt')).toEqual(['now', 'some'])
})
