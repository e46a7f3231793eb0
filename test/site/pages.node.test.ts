// The long texts: the same parts in every language, every fact named and GREEN, and no words that hurt.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contacts, facts } from '#content/published.ts'
import { factSchema } from '#content/schema.ts'
import { factsIn } from '#scripts/content/texts'
import { factOf } from '#site/components/facts.ts'
import { languages, type Language } from '#site/i18n/languages.ts'
import { isPage, pages } from '#site/i18n/paths.ts'

const folder = join(import.meta.dirname, '../../content/pages')
const textOf = (lang: Language, page: string): string =>
  readFileSync(join(folder, lang, page), 'utf8')
const texts = readdirSync(join(folder, 'ky')).sort()

const quoted = (list: string): string[] => [...list.matchAll(/'([^']+)'/g)].map(([, id = '']) => id)
const factsUsed = (text: string): string[] => {
  const lists = [...text.matchAll(/<(?:Facts|Source) ids=\{\[([^\]]*)\]\}/g)]
  const single = [...text.matchAll(/<FactText id="([^"]+)"/g)].map(([, id = '']) => id)
  return [...lists.flatMap(([, list = '']) => quoted(list)), ...single]
}
const factsDeclared = (text: string): string[] =>
  factsIn(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '')
const contactsUsed = (text: string): string[] =>
  [...text.matchAll(/<Contacts ids=\{\[([^\]]*)\]\}/g)].flatMap(([, list = '']) => quoted(list))
/** What a page is made of, without its words. */
const partsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => /^(?:#{2,3} |- |\d+\. |\| |<\/?[A-Z]\w+)/.exec(line)?.[0] ?? '')
    .filter((part) => part !== '')

test('the same texts exist in every language, and each is a page', () => {
  for (const lang of languages) {
    expect(readdirSync(join(folder, lang)).sort(), lang).toEqual(texts)
  }
  for (const text of texts) expect(isPage(text.replace('.mdx', '')), text).toBe(true)
  expect(pages).toContain('before-you-go')
})

describe.each(texts)('%s', (page) => {
  test('has the same parts in every language', () => {
    for (const lang of languages) {
      expect(partsOf(textOf(lang, page)), lang).toEqual(partsOf(textOf('ky', page)))
    }
  })

  test('names every fact that it uses, and every fact is published', () => {
    for (const lang of languages) {
      const text = textOf(lang, page)
      const used = [...new Set(factsUsed(text))].sort()
      expect(used, lang).toEqual([...factsDeclared(text)].sort())
      for (const id of used) expect(facts.map((fact) => fact.id)).toContain(id)
      for (const id of contactsUsed(text)) expect(contacts.map((one) => one.id)).toContain(id)
    }
  })

  test('links stay in its language', () => {
    for (const lang of languages) {
      for (const [, other] of textOf(lang, page).matchAll(/\]\(\/([a-z]{2})\//g)) {
        expect(other).toBe(lang)
      }
    }
  })

  test('carries no telephone number of its own', () => {
    for (const lang of languages) expect(textOf(lang, page)).not.toMatch(/\+?\d[\d -]{7,}\d/)
  })

  test('does not shout, and uses no word that hurts', () => {
    const unwanted = {
      ky: /кулчулук|курмандык/i,
      ru: /жертв|рабств/i,
      en: /\bslave|\brescue|\bvictim/i,
    }
    for (const lang of languages) {
      expect(textOf(lang, page)).not.toMatch(/[\p{L}\d»”]!/u)
      expect(textOf(lang, page)).not.toMatch(unwanted[lang])
    }
  })

  test('waits for a native reader until one has read it', () => {
    for (const lang of languages) expect(textOf(lang, page)).toMatch(/^reviewed: (false|true)$/m)
  })
})

test('a fact that is not GREEN, or has no source, is refused', () => {
  const [fact] = facts
  expect(factSchema.safeParse(fact).success).toBe(true)
  expect(factSchema.safeParse({ ...fact, status: 'AMBER' }).success).toBe(false)
  expect(factSchema.safeParse({ ...fact, status: 'RED' }).success).toBe(false)
  expect(factSchema.safeParse({ ...fact, source: '' }).success).toBe(false)
})

test('a fact that nobody has written down stops the build', () => {
  expect(factOf('palermo').status).toBe('GREEN')
  expect(() => factOf('no.such.fact')).toThrow('no.such.fact')
})
