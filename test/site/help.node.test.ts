// Checks the built help page: every digit belongs to a contact, and every number is a link.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contactOf, contacts, countriesOf, links, network } from '#content/published.ts'
import { dialPieces } from '#site/components/numbers/dial.ts'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { countryPages } from '#site/pages.ts'
import { t } from '#site/i18n/text.ts'
import { dist } from './built.ts'

const pageOf = (lang: Language): string =>
  readFileSync(join(dist, lang, 'help/index.html'), 'utf8').replace(/&nbsp;|\u00a0/g, ' ')
const sectionOf = (html: string, country: string): string =>
  new RegExp(`<section id="${country}">([\\s\\S]*?)</section>`).exec(html)?.[1] ?? ''
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ')
const digitsOf = (text: string): string => text.replace(/\D/g, '')
const NUMBER = /\+?\d[\d ]+\d/g
/** Digits that are not a telephone number: years, and the number of languages with interpreters. */
const NO_NUMBER = /^(19|20)\d\d$|^200$/

/** Pairs each link with its visible number, in the format of content/contacts.json. */
const printed = contacts.flatMap(({ tel, display, sms, codes = [] }) => [
  [`tel:${tel}`, display],
  ...codes.map((code) => [`tel:${code.tel}`, code.tel]),
  ...(sms === undefined ? [] : [[`sms:${sms}`, sms]]),
  // The keypad digits of 800 SAVE.
  ...(display === '800 SAVE' ? [[`tel:${tel}`, '800 7283']] : []),
]) as [string, string][]

describe.each(languages)('the help page in %s', (lang) => {
  const html = pageOf(lang)

  test('Each link shows the exact digits of the number that it dials', () => {
    const calls = [...html.matchAll(/<a [^>]*href="((?:tel|sms):[^"]+)"[^>]*>([\s\S]*?)<\/a>/g)]
    expect(calls.length).toBeGreaterThan(contacts.length)
    for (const [, href = '', inside = ''] of calls) {
      const text = textOf(inside).replace(/\s+/g, ' ')
      const shown = printed.filter(([link]) => link === href).map(([, number]) => number)
      expect(
        shown.filter((number) => text.includes(number)),
        `${href} ${text}`,
      ).not.toEqual([])
    }
  })

  test('Every number on the help page is inside a link', () => {
    const main = /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? ''
    const rest = textOf(main.replace(/<a [\s\S]*?<\/a>|<svg[\s\S]*?<\/svg>/g, ' '))
    expect((rest.match(NUMBER) ?? []).filter((number) => !NO_NUMBER.test(number))).toEqual([])
  })

  test('A number whose source names no year says so, and no other number does', () => {
    const undated = t(lang, 'help.undated')
    expect(sectionOf(html, 'KR').split(undated)).toHaveLength(2)
    expect(sectionOf(html, 'PL')).not.toContain(undated)
  })

  test('Each country has one big button for danger and one silent way', () => {
    for (const { country, danger } of countriesOf()) {
      const section = sectionOf(html, country)
      expect(section.match(/class="call now" href="[^"]*"/g), country).toEqual([
        `class="call now" href="tel:${danger.tel}"`,
      ])
      expect(section.match(/class="hush" href="[^"]*"/g)).toEqual([
        `class="hush" href="/${lang}/tell/"`,
      ])
    }
  })

  test('Every button with the number of the Consular Department names the department', () => {
    const { tel } = contactOf('KG-09')
    const button = new RegExp(`<a class="call[^"]*" href="tel:\\${tel}"[^>]*>[\\s\\S]*?</a>`, 'g')
    for (const page of ['help', 'tell', 'tell/form', 'country', ...countryPages]) {
      const built = readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
      const buttons = [...built.matchAll(button)].map(([found]) => textOf(found))
      expect(buttons.length, page).toBeGreaterThan(0)
      for (const words of buttons) expect(words).toContain(t(lang, 'help.department'))
    }
  })

  test('Each silent way says that nobody may read at night', () => {
    const ways = [...html.matchAll(/class="hush"[\s\S]*?<\/a>/g)].map(([way]) => textOf(way))
    expect(ways).toHaveLength(countriesOf().length + 1)
    for (const way of ways) expect(way).toContain(t(lang, 'help.night'))
  })

  test('Help for Russia shows 112, then notes on the police, the consulate, silent calls', () => {
    const section = sectionOf(html, 'RU')
    const [emergency, note, consul, hush] = [
      'call now',
      (contactOf('RU-01').note?.[lang] ?? '').slice(0, 30),
      'class="call consul" href="tel:+996999312002"',
      'class="hush"',
    ].map((part) => section.indexOf(part))
    expect(emergency).toBeGreaterThan(0)
    expect([emergency, note, consul, hush]).toEqual(
      [emergency, note, consul, hush].sort((a = 0, b = 0) => a - b),
    )
  })

  test('The page shows every number with its audience and known facts about recording', () => {
    for (const { country, lines } of countriesOf())
      for (const { id, audience, logged } of lines.filter((each) => each.id !== 'KG-09')) {
        const text = textOf(sectionOf(html, country)).replace(/\s+/g, ' ')
        expect(text, id).toContain(audience[lang])
        if (logged) expect(text, id).toContain(logged[lang])
      }
    expect(html.split(t(lang, 'help.unknown'))).toHaveLength(2)
  })

  test('The help page links the pages of the helplines and the pages with further help', () => {
    const pages = [
      ...contacts.flatMap(({ page }) => page ?? []),
      ...[...links, ...network.filter(({ country }) => country)].flatMap(({ url }) => url ?? []),
    ]
    expect(pages).toHaveLength(10)
    expect(sectionOf(html, 'EU')).toContain('https://www.lastradainternational.org')
    for (const page of pages) expect(html).toContain(`<a href="${page}" rel="noreferrer">`)
  })
})

test('Numbers of contacts in a sentence become links, and other numbers stay text', () => {
  expect(dialPieces('Call +996 999 312 002, then 102 (2023), 24 hours')).toEqual([
    { text: 'Call ' },
    { text: '+996 999 312 002', href: 'tel:+996999312002' },
    { text: ', then ' },
    { text: '102', href: 'tel:102' },
    { text: ' (' },
    { text: '2023' },
    { text: '), 24 hours' },
  ])
})

test('A number without a contact stops the build', () => {
  expect(() => dialPieces('Call 08000 116 016')).toThrow('08000 116 016')
})

test('Every link dials the digits that the page prints for its number', () => {
  for (const { id, tel, display } of contacts) {
    if (id === 'AE-02') continue
    expect(digitsOf(tel).endsWith(digitsOf(display)), id).toBe(true)
  }
  // On the keypad, S is on 7, A on 2, V on 8 and E on 3.
  expect(contactOf('AE-02')).toMatchObject({ display: '800 SAVE', tel: '8007283' })
})
