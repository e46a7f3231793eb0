// Checks the words on the built pages: their order, link texts, and words for screen readers.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkedDay, factOf, facts } from '#content/published.ts'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t, writtenDay } from '#site/i18n/text.ts'
import { dist } from './built.ts'

const pagesIn = (lang: Language): (readonly [page: string, html: string])[] =>
  readdirSync(join(dist, lang), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => [name, readFileSync(join(dist, lang, name), 'utf8')] as const)
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;|\s+/g, ' ')
    .trim()

/** Link texts that do not name their target, and so make a list of links useless. */
const NAMELESS: Readonly<Partial<Record<Language, RegExp>>> = {
  ky: /^(бул|ушул|ошол) (жер(де|ден)|бара(к|кты|ктан)( окуңуз)?)$/i,
  ru: /^((вот )?здесь|тут|(прочитайте )?эту страницу)$/i,
  en: /^(here|(read )?this page)$/i,
}
/** The sentence that warns that the text describes violence. */
const WARNING: Readonly<Partial<Record<Language, string>>> = {
  ky: 'Төмөндө зордук жөнүндө сөздөр бар',
  ru: 'Ниже есть слова о насилии',
  en: 'There are words about violence below',
}

describe.each(languages)('the pages in %s', (lang) => {
  const pages = pagesIn(lang)

  test('The words of every link name its target', () => {
    const nameless = NAMELESS[lang]
    if (nameless === undefined) return
    for (const [page, html] of pages)
      for (const [, words = ''] of html.matchAll(/<a [^>]*>([\s\S]*?)<\/a>/g))
        expect(textOf(words), page).not.toMatch(nameless)
  })

  test('A warning about words of violence appears before the first of these words', () => {
    const warning = WARNING[lang]
    if (warning === undefined) return
    const warned = pages.filter(([, html]) => html.includes(warning))
    expect(warned.map(([page]) => page)).toEqual(['signs/index.html'])
    for (const [page, html] of warned) {
      const violence = html.indexOf(t(lang, 'self.violence'))
      expect(violence, page).toBeGreaterThan(0)
      expect(html.indexOf(warning), page).toBeLessThan(violence)
    }
  })

  test('All pages name the same day on which the numbers were taken from their sources', () => {
    const sentence = t(lang, 'help.checked', { date: '\n' }).split('\n')
    const [before = '', after = ''] = sentence
    const quoted = (words: string): string => words.replace(/[.()?]/g, '\\$&')
    const dated = new RegExp(`${quoted(before)}([\\d.]+)${quoted(after)}`, 'g')
    const found = pages.flatMap(([page, html]) =>
      [...textOf(html).matchAll(dated)].map(([, day]) => ({ page, day })),
    )
    expect(found.length).toBeGreaterThan(20)
    for (const { page, day } of found) expect(day, page).toBe(writtenDay(checkedDay))
  })

  test('A name that no language translates is written in its own language', () => {
    const named = facts.filter(({ text, name }) => name && t(lang, text).includes(name))
    for (const { id } of named) {
      const { name = '', nameLang = '' } = factOf(id)
      const marked = `<span lang="${nameLang}">${name}</span>`
      const shown = pages.filter(([, html]) => html.includes(name))
      expect(shown.length, id).toBeGreaterThan(0)
      for (const [page, html] of shown)
        expect(html.includes(marked), `${page} ${id}`).toBe(nameLang !== lang)
    }
  })
})

test.each(languages)(
  'Each figure of the page about us in %s has large digits and a source',
  (lang) => {
    const html = readFileSync(join(dist, pathOf(lang, 'about'), 'index.html'), 'utf8')
    const [, list = ''] = /<ul class="figures">([\s\S]*?)<\/ul>/.exec(html) ?? []
    const figures = list.split('<li>').slice(1)
    expect(figures.map((figure) => /<b>(\d+)<\/b>/.exec(figure)?.[1])).toEqual([
      '2008',
      '41',
      '139',
    ])
    for (const figure of figures) expect(figure).toMatch(/<small>[\s\S]*\.(org|kg)[\s\S]*<\/small>/)
    expect(textOf(figures[1] ?? '')).toContain('BEARR Trust, bearr.org, 2023')
  },
)

test('The page of Russia marks the two Russian names in a Kyrgyz text', () => {
  if (!languages.includes('ky')) return
  const html = readFileSync(join(dist, pathOf('ky', 'country/ru'), 'index.html'), 'utf8')
  expect(html).toContain('«<span lang="ru">Черные списки</span>»')
  expect(html).toContain('«<span lang="ru">Госуслуги</span>»')
})
