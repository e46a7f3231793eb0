// Checks that the build drops exactly the styles that a page does not use.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { namesIn, trimmed } from '#site/styles/trim.ts'
import { dist } from './built.ts'

/** Trims the styles of a page that has these classes and a few elements. */
const trim = (css: string, ...classes: string[]): string =>
  trimmed(css, new Set([...classes.map((name) => `.${name}`), 'a', 'b', 'd', 'p', 'li']))
const styleOf = (lang: string, page: string): string =>
  /<style>([^<]*)/.exec(readFileSync(join(dist, lang, page, 'index.html'), 'utf8'))?.[1] ?? ''

test('A rule stays when the page has each class of one of its selectors', () => {
  expect(trim('a{b:c}.d{e:f}.g .h,.g:hover{i:j}\n.k{l:m}', 'g')).toBe('a{b:c}.g:hover{i:j}')
  expect(trim('.a.b,.a>.b{c:d}', 'a')).toBe('')
})

test('A class in :not() is not needed, because the selector matches without it', () => {
  const css = ':root:not(.a) b,[href$=".e"]{f:g}:not(:has(.h,.i)):before{content:"."}'
  expect(trim(css)).toBe(css)
})

test('Of the selectors in other brackets one has to match', () => {
  const css = 'p:has(+.c,+.d){e:f}li:nth-child(2n+1){g:h}'
  expect(trim(css, 'd')).toBe(css)
  expect(trim(css)).toBe('li:nth-child(2n+1){g:h}')
})

test('A selector with brackets in brackets in brackets stops the build', () => {
  expect(() => trim('a:not(:is(:has(.b))){c:d}')).toThrow('deeper')
})

test('An at-rule goes with its last rule, and one without rules stays', () => {
  const css = '@media print{.a{b:c}d{e:f}}@media (min-width:1.5rem){.a{b:c}}@page{size:A4}'
  expect(trim(css)).toBe('@media print{d{e:f}}@page{size:A4}')
})

test('A style with blocks in blocks in blocks stops the build', () => {
  expect(() => trim('@media print{@supports (a:b){c{d:e}}}')).toThrow('deeper')
})

test('A rule for an element that the page lacks goes, also inside a selector', () => {
  expect(trim('table{b:c}a,td:first-child{d:e}p>li:before{f:g}.k th{h:i}', 'k')).toBe(
    'a{d:e}p>li:before{f:g}',
  )
  expect(trim(':not(table) a{b:c}[type=text]{d:e}:root{f:g}*{h:i}')).toBe(
    ':not(table) a{b:c}[type=text]{d:e}:root{f:g}*{h:i}',
  )
})

test('Words of a script count as names, and data for search engines does not', () => {
  const html =
    '<p class="a b-c"><svg class=d></svg><script type="module">x.classList.add(`e`)</script>' +
    '<script type="application/ld+json">{"f":"g"}</script>h</p>'
  const names = namesIn(html)
  expect(names).toEqual(expect.arrayContaining(['.a', '.b-c', '.d', '.e', 'e', 'p', 'svg']))
  for (const other of ['a', '.p', '.f', '.g', '.h']) expect(names).not.toContain(other)
})

test('A text has the styles of its parts, the same in each language, and of no other part', () => {
  for (const lang of languages) {
    expect(styleOf(lang, 'training')).toContain('.question .answer{')
    expect(styleOf(lang, 'training')).not.toMatch(/\.(situation|handout|choices)\b/)
    expect(styleOf(lang, 'signs')).toMatch(/\.situation.*\.counts/s)
    for (const page of ['training', 'signs', 'family', 'country/ru', ''])
      expect(styleOf(lang, page), page).toBe(styleOf(languages[0], page))
  }
  expect(styleOf(languages[0], 'country/ru')).toBe(styleOf(languages[0], 'country/kz'))
})
