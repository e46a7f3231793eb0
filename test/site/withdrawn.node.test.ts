// Checks that no page or text contains a withdrawn sentence, and that the corrections appear on a
// page. Pages do not show advice that no specialist has signed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { foundation } from '#content/published.ts'
import { languages, type Language } from '#content/languages.ts'
import { stringFiles } from '#scripts/content/texts'
import { root } from '#scripts/shared/paths'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { dist } from './built.ts'
import { CARE, FACTS, STAFF, WORDING } from './withdrawn.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Reads the visible text of a page and its markup, with each run of spaces as one space. */
function readPage(markup: string): string {
  const html = markup
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name] ?? '')
  return `${html.replace(/<[^>]*>/g, '')} ${html}`.replace(/\s+/g, ' ')
}

const readPages = (lang: Language): Map<string, string> =>
  new Map(
    readdirSync(join(dist, lang), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, readPage(readFileSync(join(dist, lang, name), 'utf8'))]),
  )
const pages = new Map(languages.map((lang) => [lang, readPages(lang)]))
const pagesWith = (lang: Language, fragment: string): string[] =>
  [...(pages.get(lang) ?? [])].filter(([, text]) => text.includes(fragment)).map(([name]) => name)

/** The texts that no page shows: the staff app and the reply templates. */
const strings = stringFiles(root)
const filesWith = (lang: Language, fragment: string): string[] =>
  strings
    .filter((file) => file.lang === lang && file.texts.some((text) => text.includes(fragment)))
    .map(({ file }) => file)

describe.each(languages)('%s', (lang) => {
  const rows = [...FACTS, ...CARE, ...WORDING, ...STAFF]

  test('The search for withdrawn sentences reads more than 16 pages in each language', () => {
    expect(pages.get(lang)?.size).toBeGreaterThan(16)
  })

  test.each(rows)('No page shows this fault: $what', ({ wrong }) => {
    for (const fragment of wrong[lang] ?? [])
      expect(pagesWith(lang, fragment), fragment).toEqual([])
  })

  // Words that are wrong on a page may be right in the staff app, which has other readers.
  test.each([...FACTS, ...CARE, ...STAFF])('No text shows this fault: $what', ({ wrong }) => {
    for (const fragment of wrong[lang] ?? [])
      expect(filesWith(lang, fragment), fragment).toEqual([])
  })

  test('A page that says a withdrawn sentence again is found', () => {
    const found = pages.get(lang) ?? new Map<string, string>()
    for (const fragment of rows.flatMap(({ wrong }) => wrong[lang] ?? [])) {
      const spaced = fragment.replaceAll(' ', '\n  ')
      found.set('made-up', readPage(`<p>${spaced.replaceAll('"', '&quot;')}</p>`))
      expect(pagesWith(lang, fragment), fragment).toContain('made-up')
    }
    found.delete('made-up')
  })

  test.each([...FACTS, ...CARE].filter(({ right }) => right?.[lang]))(
    'A page shows the correction of this fault: $what',
    ({ right }) => {
      const fragment = right?.[lang] ?? ''
      expect(pagesWith(lang, fragment), fragment).not.toEqual([])
    },
  )

  test('Only the page of numbers says that nobody has called the numbers yet', () => {
    expect(pagesWith(lang, t(lang, 'help.uncalled'))).toEqual([
      `${pathOf(lang, 'help').replace(`/${lang}/`, '')}index.html`,
    ])
  })
})

test('Advice for relatives is on the page only when a specialist has signed the advice', () => {
  const advice: readonly [string, Partial<Record<Language, string>>][] = [
    [
      'family',
      {
        ky: 'Чалган номерлердин тизмеси: күнү, сааты',
        ru: 'Список звонков: день и час',
        en: 'The list of calls, with day and hour',
      },
    ],
    [
      'family',
      {
        ky: 'Ага жазыңыз же чалыңыз',
        ru: 'Напишите или позвоните ему',
        en: 'Write to them or call them',
      },
    ],
    [
      'before-you-go',
      {
        ky: 'адегенде мага кадимкидей жаз',
        ru: 'сначала напиши мне как обычно',
        en: 'first write to me as usual',
      },
    ],
    [
      'stories/call',
      {
        ky: 'Кадимкидей сүйлөшүп, угам',
        ru: 'Говорю как обычно и слушаю',
        en: 'I talk as usual and listen',
      },
    ],
    [
      'stories/call',
      {
        ky: 'Чалган номери телефонуңузда калды',
        ru: 'Номер, с которого он звонил, остался',
        en: 'The number he called from is still in your phone',
      },
    ],
  ]
  const signed = foundation.familyAdvice.status === 'green'
  for (const [page, fragments] of advice)
    for (const [lang, fragment] of Object.entries(fragments) as [Language, string][])
      expect(pagesWith(lang, fragment), lang).toEqual(signed ? [`${page}/index.html`] : [])
})

test('The answer about consent of a minor is in the lesson only when it has been signed', () => {
  const answer: Partial<Record<Language, string>> = {
    ky: 'балдарды коргоо кызматына кайрылыңыз',
    ru: 'и службу защиты детей',
    en: 'and child protection',
  }
  const signed = foundation.minorConsent.status === 'green'
  for (const [lang, fragment] of Object.entries(answer) as [Language, string][])
    expect(pagesWith(lang, fragment), lang).toEqual(signed ? ['training/index.html'] : [])
})

test('The sheets for a border and a labour inspection are in the lesson only when signed', () => {
  const sheets: Partial<Record<Language, string[]>> = {
    ky: ['Чек арада иштесеңиз', 'Эмгек текшерүүсүндө'],
    ru: ['Если вы работаете на границе', 'При проверке условий труда'],
    en: ['If you work at a border', 'In a labour inspection'],
  }
  const signed = foundation.careTexts.status === 'green'
  for (const [lang, titles] of Object.entries(sheets) as [Language, string[]][])
    for (const title of titles)
      expect(pagesWith(lang, title), lang).toEqual(signed ? ['training/index.html'] : [])
})

test('Only the privacy page names values that the Foundation has not confirmed', () => {
  const isConfirmed = (
    ['readers', 'replyTime', 'night', 'retention', 'dutyToReport'] as const
  ).every((key) => foundation[key].status === 'green')
  for (const lang of languages)
    expect(pagesWith(lang, t(lang, 'foundation.unpromised')), lang).toEqual(
      isConfirmed ? [] : ['privacy/index.html'],
    )
})
