// Checks the figures that texts show in large type. Each figure must also be in the sentence beside
// it.
import { expect, test } from 'vitest'
import { facts } from '#content/published.ts'
import { languages, type Language } from '#content/languages.ts'
import { pageTexts } from '#scripts/content/texts'
import { t } from '#site/i18n/text.ts'
import { join } from 'node:path'

/** The figures that a sentence spells out. */
const WRITTEN: Partial<Record<number, Record<string, string>>> = {
  11: { ky: 'он бир ', ru: 'одиннадцать ', en: 'eleven ' },
}
const wordOf = (figure: number, lang: Language): string | undefined => WRITTEN[figure]?.[lang]

test('The sentence of a fact says its figure in every language', () => {
  const records = facts.filter(({ figure }) => figure !== undefined)
  expect(records.length).toBeGreaterThan(3)
  for (const { text, figure = 0 } of records)
    for (const lang of languages) {
      const sentence = t(lang, text)
      const digits = (sentence.match(/\d(?:[\d\s,.]*\d)?/g) ?? []).map((number) =>
        Number(number.replace(/\D/g, '')),
      )
      const word = wordOf(figure, lang)
      const isSaid = word === undefined ? digits.includes(figure) : sentence.includes(word)
      expect(isSaid, `${lang}: ${text}`).toBe(true)
    }
})

test('At most five texts set a figure or a sentence large, the same in each language', () => {
  const texts = pageTexts(join(import.meta.dirname, '../..'))
  const large = texts.filter(({ source }) => /<(Figure|Quote)\b/.test(source))
  const pages = new Set(large.map(({ page }) => page))
  expect(large).toHaveLength(pages.size * languages.length)
  expect(pages.size).toBeLessThanOrEqual(5)
})
