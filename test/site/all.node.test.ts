// Checks the list of all pages, the links in the footer, and the related pages of each text.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import moved from '#content/moved.json' with { type: 'json' }
import { languages, type Language } from '#content/languages.ts'
import { pageTexts } from '#scripts/content/texts'
import { groups } from '#site/components/links/groups.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { footerPages, isPage, pageNames, PAGES } from '#site/pages.ts'
import { dist } from './built.ts'

const htmlOf = (lang: Language, page: string): string =>
  readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
const partOf = (html: string, start: string, end: string): string =>
  html.split(start).at(1)?.split(end).at(0) ?? ''
const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href)

test('Every linked page except home and the list itself is in one group', () => {
  const grouped = groups.flatMap(({ pages }) => pages)
  expect(new Set(grouped).size).toBe(grouped.length)
  expect([...grouped].sort()).toEqual(
    pageNames.filter((page) => page !== '' && page !== 'all').sort(),
  )
})

describe.each(languages)('in %s', (lang) => {
  test('The list of all pages links every page, each with a line about it', () => {
    const main = partOf(htmlOf(lang, 'all'), '<main', '</main>')
    const rows = [
      ...main.matchAll(/<li>\s*<a href="([^"]+)">[^<]+<\/a>\s*<span class="soft">([^<]*)</g),
    ]
    expect(rows.map(([, href]) => href).sort()).toEqual(
      groups.flatMap(({ pages }) => pages.map((page) => pathOf(lang, page))).sort(),
    )
    for (const [, href, line = ''] of rows) expect(line.trim().length, href).toBeGreaterThan(10)
  })

  test('The foot of a page links the main pages and the list of all pages', () => {
    const foot = partOf(htmlOf(lang, 'rights'), '<footer', '</footer>')
    expect(linksIn(foot)).toEqual(footerPages.map((page) => pathOf(lang, page)))
    expect(footerPages).toContain('all')
  })

  test('Each text ends with links to its related pages', () => {
    // A country page ends with the list of countries.
    const texts = pageTexts(join(import.meta.dirname, '../..')).filter(
      (one) => one.lang === lang && !one.page.startsWith('country/'),
    )
    for (const { page, source } of texts) {
      const [, list = ''] = /^related: \[(.+)\]$/m.exec(source) ?? []
      const related = list.split(', ')
      const nav = partOf(htmlOf(lang, page), '<nav class="related"', '</nav>')
      expect(linksIn(nav), page).toEqual(related.map((one) => pathOf(lang, one)))
      expect(related, page).not.toContain(page)
    }
  })
})

test('Each old address leads to a page, whose title names nothing that the heading names', () => {
  for (const [from, to] of Object.entries(moved)) {
    expect(isPage(to), to).toBe(true)
    expect(isPage(from), from).toBe(false)
    for (const lang of languages) {
      const html = htmlOf(lang, to)
      const [, title = ''] = /<title>([^<]+) · /.exec(html) ?? []
      const [, heading = ''] = /<h1>([^<]+)</.exec(html) ?? []
      expect(title, to).not.toBe('')
      expect(heading, to).not.toBe('')
      expect(heading, to).not.toBe(title)
      expect(title).not.toMatch(/арми|войн|согуш|суррогат|эне|матер|army|war|surrog|mother/i)
      for (const page of pageNames) expect(htmlOf(lang, page)).not.toContain(`/${lang}/${from}/`)
    }
  }
})

test('The foot of a page has only pages that other pages may link to', () => {
  for (const page of footerPages) expect(PAGES[page].isLinked, page).toBe(true)
})
