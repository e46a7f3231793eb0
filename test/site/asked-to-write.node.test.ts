// Checks the pages that ask a reader to write. Such a page explains what happens at night, and does
// not promise when an answer will come.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contactOf } from '#content/published.ts'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { nightLine, t } from '#site/i18n/text.ts'
import { dist } from './built.ts'

/** The texts that ask a reader who may be in danger to write. */
const IN_DANGER = [
  'after-return',
  'contract-abroad',
  'family',
  'legal-aid',
  'online-work',
  'professionals',
  'signs',
  'under-18',
]
/**
 * The phrase that declines to promise when an answer will come, even within a longer sentence.
 */
const UNPROMISED: Partial<Record<Language, string>> = {
  ky: 'качан жооп берерибизди убада кыла албайбыз',
  ru: 'когда мы ответим, обещать не можем',
  en: 'we cannot promise when we answer',
}
/**
 * The sections of the page for relatives, without the facts above them and without the end of the
 * page.
 */
const PARTS = /<h2 id="[^"]*"[\s\S]*?(?=<h2 id=|<div class="next-steps"|<\/article>)/g

const htmlOf = (lang: Language, page: string): string =>
  readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
const toTell = (lang: Language): string => `href="${pathOf(lang, 'tell')}"`

describe.each(languages)('in %s', (lang) => {
  test.each(IN_DANGER)('The text %s says beside a link to write what happens at night', (page) => {
    const [, article = ''] = htmlOf(lang, page).split('<article')
    const asking = [...article.matchAll(/<(p|li|section)[ >][\s\S]*?<\/\1>/g)].filter(
      ([part]) => part.includes(toTell(lang)) && part.includes(nightLine(lang)),
    )
    expect(asking).not.toEqual([])
  })

  test('Each part of the page for relatives that asks to write promises no answer, once', () => {
    const line = UNPROMISED[lang] ?? t(lang, 'reply.unpromised')
    const parts = [...htmlOf(lang, 'family').matchAll(PARTS)].map(([part]) => part)
    const asking = parts.filter((part) => part.includes(toTell(lang)))
    expect(asking).toHaveLength(5)
    for (const part of asking) expect(part.toLowerCase().split(line), part).toHaveLength(2)
  })

  test('A reader who is still abroad finds the Consular Department on the page of a return', () => {
    const html = htmlOf(lang, 'after-return')
    expect(html).toContain(`href="tel:${contactOf('KG-09').tel}"`)
    expect(html).toContain(t(lang, 'fact.return.certificate'))
  })
})
