// Tests what the build does to the pages of an edition. second-organisation.node.test.ts checks the
// pages of a complete build.
import { expect, test } from 'vitest'
import { editionsSchema, pagesOfEdition } from '#content/editions.ts'
import { linkedElsewhere, textsMissingIn } from '#site/integrations/edition-pages.ts'

const edition = {
  name: 'Tešt',
  rightToLeft: false,
  pages: ['', 'help', 'signs'],
  elsewhere: { lang: 'ru' as const, words: 'iñ Rüssian' },
}
const linked = (html: string): string => linkedElsewhere(html, 'xa', edition)

test('A link to a page that the edition lacks leads to the other language and says which', () => {
  expect(linked('<a href="/xa/rights/">Rights</a>')).toBe(
    '<a href="/ru/rights/" hreflang="ru">Rights (iñ\u00a0Rüssian)</a>',
  )
  expect(linked('<a class="go" href="/xa/country/kz/#show" target="_blank">A</a>')).toBe(
    '<a class="go" href="/ru/country/kz/#show" hreflang="ru" target="_blank">' +
      'A (iñ\u00a0Rüssian)</a>',
  )
})

test('The name of the language is part of the text of a link with an icon and a hint', () => {
  const icon = '<svg class="icon"><path d="M0 0"></path></svg>'
  expect(linked(`<a href="/xa/family/">${icon}<span><b>A</b> <span>b</span></span></a>`)).toBe(
    `<a href="/ru/family/" hreflang="ru">${icon}<span><b>A</b> <span>b` +
      ' (iñ\u00a0Rüssian)</span></span></a>',
  )
})

test('A link inside markup that needs a script is led to the other language too', () => {
  const inside = (link: string): string => `<script type="text/html"><p>${link}</p></script>`
  expect(linked(inside('<a href="/xa/rights/">R</a>'))).toContain('href="/ru/rights/" hreflang')
})

test('A link to a page of the edition, to another language or to another site stays', () => {
  for (const href of ['/xa/', '/xa/help/#KZ', '/xa/404/', '/ru/rights/', 'https://a.kg/', '#a']) {
    const link = `<a href="${href}">A</a>`
    expect(linked(link)).toBe(link)
  }
})

test('An edition with the form has what the form and its reply need, and a page 404', () => {
  const needed = [
    'tell/form',
    'tell/sent',
    'tell/saved',
    'help',
    'answer',
    'answer/thread',
    'check',
  ]
  const pages = [...pagesOfEdition({ pages: ['', 'tell'] })].sort()
  expect(pages).toEqual(['', 'tell', '404', ...needed].sort())
  expect(pagesOfEdition({ pages: [''] })).toEqual(['', '404'])
})

test('Each text that the pages of an edition lack is named once', () => {
  const html = '<p>⟦xa: help.lead⟧</p><p title="⟦xa: help.lead⟧">⟦xa: Call this number.⟧</p>'
  expect(textsMissingIn(html)).toEqual(['xa: help.lead', 'xa: Call this number.'])
  expect(textsMissingIn('<p>[xa: a]</p>')).toEqual([])
})

test.each([
  [{ ky: edition }, 'is a whole language'],
  [{ uzb: edition }, 'is no code of a language, like ky'],
  [{ xa: { ...edition, pages: ['help'] } }, 'must name the home page'],
  [{ xa: { ...edition, pages: ['', 'help', 'help'] } }, 'names a page twice'],
  [{ xa: { ...edition, elsewhere: { lang: 'xb', words: 'a' } } }, 'is no whole language'],
  [{ xa: { ...edition, elsewhere: { lang: 'ru' } } }, 'expected string'],
])('A wrong record %j is refused', (records, fault) => {
  expect(editionsSchema.safeParse(records).error?.message).toContain(fault)
})

test('A right record is accepted, and no edition at all', () => {
  expect(editionsSchema.parse({ xa: edition })).toEqual({ xa: edition })
  expect(editionsSchema.parse({})).toEqual({})
})
