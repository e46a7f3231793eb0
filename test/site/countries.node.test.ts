// Checks the country pages: numbers, links to further pages, and cards without a signature.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countriesWithPage } from '#content/countries.ts'
import { cards, contactOf, countriesOf, links, network, signedCards } from '#content/published.ts'
import { cardSchema, countriesSchema } from '#content/country-schema.ts'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { countryPage, countryPages } from '#site/pages.ts'
import { dist } from './built.ts'

const pageOf = (lang: Language, page: string): string =>
  readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
const withPage = countriesOf().filter(({ hasPage }) => hasPage)
const who = { who: 'A. Name', day: '2026-12-01' }

test('The list of countries with a page is the list of texts, Russia first', () => {
  const texts = readdirSync(join(import.meta.dirname, '../../content/countries/ky'))
  expect(texts.sort()).toEqual(
    countriesWithPage.map((country) => `${country.toLowerCase()}.mdx`).sort(),
  )
  expect(countriesWithPage[0]).toBe('RU')
})

test('A country that is listed twice, or has no code, is refused', () => {
  const record = { country: 'RU', danger: 'RU-01', page: true, names: ['Россия'] }
  expect(countriesSchema.safeParse([record]).success).toBe(true)
  expect(countriesSchema.safeParse([record, record]).success).toBe(false)
  expect(countriesSchema.safeParse([{ ...record, country: 'Russia' }]).success).toBe(false)
})

test('A number of a country that the list lacks stops the build', () => {
  const strange = { ...contactOf('RU-01'), id: 'XX-01', country: 'XX' }
  expect(() => countriesOf([strange])).toThrow('XX')
})

describe.each(languages)('the pages of the countries in %s', (lang) => {
  test.each(withPage)('The page of $country calls each number and says for whom', (country) => {
    const html = pageOf(lang, countryPage(country.country))
    const text = textOf(html)
    for (const { tel, display } of [country.danger, contactOf('KG-09'), ...country.lines]) {
      expect(html).toMatch(new RegExp(`class="call[^"]*" href="tel:${tel.replace('+', '\\+')}"`))
      expect(text).toContain(display)
    }
    for (const { audience, languages: spoken, hours, logged } of country.lines)
      for (const known of [audience, spoken, hours, logged])
        if (known) expect(text).toContain(known[lang])
    for (const { tel } of country.danger.codes ?? []) expect(html).toContain(`href="tel:${tel}"`)
    for (const { url } of links.filter((link) => link.country === country.country))
      expect(html).toContain(`href="${url}"`)
  })

  test('The section of the European Union and the pages of its countries link to La Strada', () => {
    const union = network.filter((site) => site.country === 'EU')
    expect(union.map(({ id }) => id)).toEqual(['la-strada'])
    const members = withPage.filter(({ danger }) => danger.country === 'EU')
    expect(members.map(({ country }) => country)).toEqual(['DE', 'PL'])
    for (const { url } of union) {
      for (const { country } of members)
        expect(pageOf(lang, countryPage(country))).toContain(`href="${url ?? ''}"`)
      expect(pageOf(lang, countryPage('TR'))).not.toContain(`href="${url ?? ''}"`)
      const section = /<section id="?EU"?[^>]*>[\s\S]*?<\/section>/.exec(pageOf(lang, 'help'))?.[0]
      expect(section).toContain(url)
    }
  })

  test('Each page of a country leads to the letter and to the list of the embassies', () => {
    for (const page of countryPages) {
      const html = pageOf(lang, page)
      expect(html).toContain(`class="hush" href="/${lang}/tell/"`)
      expect(html).toContain('href="https://mfa.gov.kg"')
    }
  })

  test('The silent way says that nobody may read at night, even in the list', () => {
    for (const page of ['country', ...countryPages])
      expect(/class="hush"[\s\S]*?<\/a>/.exec(pageOf(lang, page))?.[0], page).toContain(
        t(lang, 'help.night'),
      )
  })

  test('The page of Russia warns of the police directly below its number for danger', () => {
    const html = pageOf(lang, countryPage('RU'))
    const note = (contactOf('RU-01').note?.[lang] ?? '').slice(0, 30)
    const places = ['call now', note, 'call consul'].map((part) => html.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test('The list of countries has no number for danger, and names whom to ask for one', () => {
    const html = pageOf(lang, 'country')
    const dialled = [...html.matchAll(/href="(?:tel|sms):([^"]*)"/g)].map(([, tel]) => tel)
    expect(dialled).toEqual([contactOf('KG-09').tel])
    expect(html).not.toContain('call now')
    expect(textOf(html)).toContain(t(lang, 'place.other'))
  })

  test('The pages of numbers and of countries link each page of a country once', () => {
    for (const from of ['help', 'country'])
      for (const page of countryPages)
        expect(pageOf(lang, from).split(`href="${pathOf(lang, page)}"`), page).toHaveLength(2)
  })
})

test('R15: The pages of the countries have one rule of headers, and one policy each', () => {
  const rules = rulesOf(readFileSync(join(dist, '_headers'), 'utf8'))
  expect(rules.filter(({ path }) => path.includes('/country/:code'))).toHaveLength(1)
  for (const lang of languages)
    for (const page of countryPages) {
      const headers = headersAt(rules, pathOf(lang, page))
      expect(headers.get('Content-Security-Policy')?.match(/default-src/g)).toHaveLength(1)
      expect(headers.get('X-Robots-Tag')).toBeUndefined()
    }
})

describe('cards to show', () => {
  const [card] = cards
  if (card === undefined) throw new Error('cards.json is empty')
  const signed = { ...card, signed: { native: who, foundation: who } }

  test('Each country with a page has a card, and no card is for another country', () => {
    const carded = new Set(cards.flatMap(({ countries }) => countries))
    expect([...carded].sort()).toEqual([...countriesWithPage].sort())
  })

  test('A page shows only cards that a native speaker and the Foundation have signed', () => {
    const [country = ''] = card.countries
    expect(signedCards(country, [{ ...card, signed: null }])).toEqual([])
    expect(signedCards(country, [signed])).toEqual([signed])
    expect(signedCards('PL', [signed])).toEqual([])
  })

  test('A card that one of the two has signed is refused, and so is one without the number', () => {
    expect(cardSchema.safeParse(signed).success).toBe(true)
    expect(cardSchema.safeParse({ ...card, signed: { native: who } }).success).toBe(false)
    const sentences = { ...card.sentences, consulate: 'Call the consulate.' }
    expect(cardSchema.safeParse({ ...card, sentences }).success).toBe(false)
  })

  test('A card that nobody has signed is on no built page', () => {
    const html = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html') && !name.startsWith('staff'))
      .map((name) => [name, textOf(readFileSync(join(dist, name), 'utf8'))] as const)
    expect(html.length).toBeGreaterThan(90)
    for (const { id, countries, sentences } of cards.filter(({ signed }) => signed === null)) {
      const own = countries.map((country) => countryPage(country))
      for (const sentence of Object.values(sentences).map((text) => text.split('{')[0] ?? text))
        for (const [name, text] of html) {
          const isOwn = own.some((page) => name.includes(`${page}/`))
          // A sentence in one of the site's three languages may also occur elsewhere.
          if (isOwn || !languages.some((lang) => lang === id))
            expect(text.includes(sentence.trim()), `${name}: ${sentence}`).toBe(false)
        }
    }
  })
})
