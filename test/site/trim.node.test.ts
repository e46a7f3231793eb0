// Checks that the build drops exactly the styles that a page does not use.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { markupNames, trimmed, withoutUnused, withShortNames } from '#site/styles/trim.ts'
import { dist } from './built.ts'

const ELEMENTS = new Set(['a', 'b', 'd', 'li', 'p'])
const trim = (css: string, ...classes: string[]): string =>
  trimmed(css, { classes: new Set(classes), elements: ELEMENTS })
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

test('A rule goes when the page lacks an element that each of its selectors names', () => {
  expect(trim('table{b:c}p,td{d:e}.g>th:first-child{f:h}', 'g')).toBe('p{d:e}')
  const css = '*,::before{a:b}:root{c:d}#table{e:f}[type=td]{g:h}p:not(table){i:j}'
  expect(trim(css)).toBe(css)
  expect(trim('p:has(>table){a:b}')).toBe('')
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

test('Words of a script count as names, and data for search engines does not', () => {
  const html =
    '<p class="a b-c"><svg class=d></svg><script type="module">x.classList.add(`e`)</script>' +
    '<script type="application/ld+json">{"f":"g"}</script>h</p>'
  const { classes, elements } = markupNames([html, '<h2>'])
  for (const name of ['a', 'b-c', 'd', 'e']) expect(classes).toContain(name)
  for (const other of ['f', 'g', 'h']) expect(classes).not.toContain(other)
  for (const name of ['p', 'svg', 'h2', 'e', 'body', 'tbody']) expect(elements).toContain(name)
  for (const other of ['a', 'f', 'ul']) expect(elements).not.toContain(other)
})

test('A custom property stays while the sheet or the markup uses it', () => {
  const css =
    ':root{--a:1px;--b:var(--a);--c:2px;--d:0}@media print{:root{--c:0}}p{margin:var(--b)}'
  expect(withoutUnused(css, '<i fill="var(--d)">')).toBe(
    ':root{--a:1px;--b:var(--a);--d:0}p{margin:var(--b)}',
  )
  expect(withoutUnused('p{e:f}', '')).toBe('p{e:f}')
})

test('A custom property gets a short name, unless the markup uses it or has that name', () => {
  const css = ':root{--ground:#fff;--on-deep:#000;--s4:0}p{margin:var(--s4);color:var(--ground)}'
  expect(withShortNames(css, '')).toBe(
    ':root{--0:#fff;--1:#000;--2:0}p{margin:var(--2);color:var(--0)}',
  )
  expect(withShortNames(css, '<i style="color:var(--on-deep)"><!--0-->')).toBe(
    ':root{--1:#fff;--on-deep:#000;--3:0}p{margin:var(--3);color:var(--1)}',
  )
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
