// Checks that a long text's table of contents and sources are folded away, because few readers need
// them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { facts } from '#content/published.ts'
import { pageTexts } from '#scripts/content/texts'
import { sourceOf } from '#site/i18n/text.ts'
import { dist } from './built.ts'

const texts = pageTexts(join(import.meta.dirname, '../..'))
const htmlOf = (lang: string, page: string): string =>
  readFileSync(join(dist, lang, page, 'index.html'), 'utf8')
/** Escapes a text as the page's markup does. */
const written = (text: string): string => text.replace(/&/g, '&amp;')
/** Removes the spans that mark the language of a name. */
const unmarked = (html: string): string => html.replace(/<span lang="[^"]*">([^<]*)<\/span>/g, '$1')

test('The contents of a long text are folded below its first steps and its drawing', () => {
  const long = texts.filter(({ source }) => source.split('\n## ').length > 4)
  expect(long.length).toBeGreaterThanOrEqual(12)
  const lead = /<p class="lead">(?:(?!<\/p>).)*<\/p>/.source
  const valley = /(?:\s*<div class="valley".*?<\/svg>\s*<\/div>\s*<\/div>)?/.source
  const steps = /\s*<section class="first-steps">(?:(?!<\/section>).)*<\/section>/.source
  for (const { lang, page, source } of long) {
    const above = lead + (source.includes('<FirstSteps') ? steps : '') + valley
    expect(htmlOf(lang, page), `${lang}/${page}`).toMatch(
      new RegExp(`${above}<details class="fold narrow">`, 's'),
    )
  }
})

test('A fact of a text has its source at the end, and only a figure has one beside it', () => {
  for (const { lang, page, facts: ids } of texts) {
    const html = unmarked(htmlOf(lang, page)).replace(/<ul class="figures">.*?<\/ul>/s, '')
    const [text = '', sources = ''] = html.split('<details class="fold sources">')
    for (const fact of facts.filter(({ id }) => ids.includes(id))) {
      expect(sources, `${lang}/${page}`).toContain(written(sourceOf(lang, fact)))
      // An undated source is a bare address, and the text may link to the same address.
      if (fact.date !== null)
        expect(text, `${lang}/${page}`).not.toContain(written(sourceOf(lang, fact)))
    }
  }
})
