// Checks the long texts: the same parts in every language, only GREEN facts, and no hurtful words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contacts, factOf, facts } from '#content/published.ts'
import { factSchema } from '#content/schema.ts'
import { readMdx } from '#content/front-matter.ts'
import { HURTFUL, languages, type Language } from '#content/languages.ts'
import { pageEntryOf, pageNames } from '#site/pages.ts'

const content = join(import.meta.dirname, '../../content')
const FOLDERS = ['pages', 'countries'] as const
const textsIn = (folder: (typeof FOLDERS)[number], lang: Language): string[] =>
  readdirSync(join(content, folder, lang))
    .map((name) => `${folder}/${name}`)
    .sort()
const textOf = (lang: Language, text: string): string => {
  const [folder = '', name = ''] = text.split('/')
  return readFileSync(join(content, folder, lang, name), 'utf8')
}
const texts = FOLDERS.flatMap((folder) => textsIn(folder, 'ky'))

const quoted = (list: string): string[] => [...list.matchAll(/'([^']+)'/g)].map(([, id = '']) => id)
const factsUsed = (text: string): string[] => {
  const lists = [...text.matchAll(/<Facts ids=\{\[([^\]]*)\]\}/g)]
  const single = [...text.matchAll(/<FactText id="([^"]+)"/g)].map(([, id = '']) => id)
  return [...lists.flatMap(([, list = '']) => quoted(list)), ...single]
}
const factsDeclared = (text: string): readonly string[] => {
  const { facts } = readMdx(text).head
  return Array.isArray(facts) ? facts : []
}
const relatedOf = (text: string): string | undefined => /^related: \[(.+)\]$/m.exec(text)?.[1]
const contactsUsed = (text: string): string[] =>
  [...text.matchAll(/<Contacts ids=\{\[([^\]]*)\]\}/g)].flatMap(([, list = '']) => quoted(list))
/** Words that the definition of trafficking quotes from the Palermo Protocol. */
const PROTOCOL =
  /кулчулук же ага окшош абал|рабство или сходные с ним обычаи|slavery or practices like it/
/** Lists the parts of a page without its words. */
const partsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => /^(?:#{2,3} |- |\d+\. |\| |<\/?[A-Z]\w+)/.exec(line)?.[0] ?? '')
    .filter((part) => part !== '')

test('The same texts exist in every language, and each text is a page', () => {
  for (const lang of languages)
    expect(
      FOLDERS.flatMap((folder) => textsIn(folder, lang)),
      lang,
    ).toEqual(texts)
  for (const text of texts) {
    const name = text.replace(/^pages\//, '').replace(/^countries\//, 'country/')
    expect(pageEntryOf(name.replace('.mdx', ''))?.isLinked, text).toBe(true)
  }
  expect(pageNames).toContain('before-you-go')
})

// A country page ends with a link to the list of countries.
test.each(texts.filter((text) => text.startsWith('pages/')))(
  'The text %s names the same related pages in every language',
  (page) => {
    for (const lang of languages) {
      const related = relatedOf(textOf(lang, page))
      expect(related, lang).toBe(relatedOf(textOf('ky', page)))
      for (const other of related?.split(', ') ?? ['none'])
        expect(pageEntryOf(other)?.isLinked, other).toBe(true)
    }
  },
)

describe.each(texts)('%s', (page) => {
  test('The text of a content page has the same parts in every language', () => {
    for (const lang of languages) {
      expect(partsOf(textOf(lang, page)), lang).toEqual(partsOf(textOf('ky', page)))
    }
  })

  test('The text of a content page names the same facts in every language, each published', () => {
    for (const lang of languages) {
      const text = textOf(lang, page)
      const declared = factsDeclared(text)
      expect(declared, lang).toEqual(factsDeclared(textOf('ky', page)))
      expect(declared, lang).toEqual(expect.arrayContaining(factsUsed(text)))
      for (const id of declared) expect(facts.map((fact) => fact.id)).toContain(id)
      for (const id of contactsUsed(text)) expect(contacts.map((one) => one.id)).toContain(id)
    }
  })

  test('The links in the text of a content page stay in its language', () => {
    for (const lang of languages) {
      for (const [, other] of textOf(lang, page).matchAll(/\]\(\/([a-z]{2})\//g)) {
        expect(other).toBe(lang)
      }
    }
  })

  test('The text of a content page has no phone number of its own', () => {
    for (const lang of languages) expect(textOf(lang, page)).not.toMatch(/\+?\d[\d -]{7,}\d/)
  })

  test('The text of a content page has no exclamation marks and no words that hurt', () => {
    for (const lang of languages) {
      expect(textOf(lang, page)).not.toMatch(/[\p{L}\d»”]!/u)
      expect(textOf(lang, page).replace(PROTOCOL, '')).not.toMatch(HURTFUL[lang])
    }
  })

  test('The text of a content page says whether a native reader has reviewed it', () => {
    for (const lang of languages) expect(textOf(lang, page)).toMatch(/^reviewed: (false|true)$/m)
  })
})

test('A fact that is not GREEN or has no source is refused', () => {
  const [fact] = facts
  expect(factSchema.safeParse(fact).success).toBe(true)
  expect(factSchema.safeParse({ ...fact, status: 'AMBER' }).success).toBe(false)
  expect(factSchema.safeParse({ ...fact, status: 'RED' }).success).toBe(false)
  for (const source of ['', '24.kg', { ...fact?.source, [languages[0]]: ' ' }])
    expect(factSchema.safeParse({ ...fact, source }).success).toBe(false)
})

test('An unknown fact stops the build', () => {
  expect(factOf('palermo').status).toBe('GREEN')
  expect(() => factOf('no.such.fact')).toThrow('no.such.fact')
})
