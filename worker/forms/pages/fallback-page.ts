// Makes pages without styles or scripts, for use when the edge cannot fetch or fill a built page.
import contacts from '#content/contacts.json' with { type: 'json' }
import type { EdgeSentence } from '#content/edge-sentences.ts'
import { directionOf } from '#content/languages.ts'
import organisation from '#content/organisation.json' with { type: 'json' }
import type { ErrorCode } from '#protocol/errors'
import { NO_STORE, pagePolicy } from '#protocol/security-headers'
import { errorSentence, sentence } from './language.ts'
import { escaped } from './fill-page.ts'

/**
 * Builds a page.
 *
 * @param markup  markup in which all text is already escaped
 */
export const fallbackPage = (
  lang: string,
  title: string,
  markup: string,
  status: number,
): Response =>
  new Response(
    `<!doctype html><html lang="${lang}"${directed(lang)}><meta charset="utf-8">` +
      `<meta name="viewport" content="width=device-width">\n` +
      `<title>${escaped(title)}</title>${markup}</html>`,
    {
      status,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': pagePolicy({ scripts: [], styles: [] }),
        'Cache-Control': NO_STORE,
      },
    },
  )

const directed = (lang: string): string => (directionOf(lang) ? ' dir="rtl"' : '')

/** Shows the words again, so that the person can copy them, and lists the numbers to call. */
export function returnedTextPage(
  lang: string,
  refused: { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Response {
  const why = errorSentence(lang, refused.code)
  const written = escaped(fields.get('text') ?? '')
  const markup =
    `<p id="why">${escaped(why)}</p>` +
    `<textarea name="text" rows="12" cols="36" aria-labelledby="why">\n` +
    `${written}</textarea>${urgentNumbers(lang)}`
  return fallbackPage(lang, why, markup, refused.status)
}

/**
 * Builds the response to a form that a browser sent over `http:`. The page explains that the edge
 * did not read the form, and links to the page at `https:`.
 */
export function httpsOnlyPage(lang: string, address: string, status: number): Response {
  const why = errorSentence(lang, 'https_only')
  const link = `<a href="${escaped(address)}">${escaped(address)}</a>`
  return fallbackPage(
    lang,
    why,
    `<p>${escaped(why)}</p><p>${link}</p>${urgentNumbers(lang)}`,
    status,
  )
}

/** Lists the emergency numbers as links. */
export const urgentNumbers = (lang: string): string =>
  numbers(lang, ['calls.inside'], organisation.numbers.inside) +
  numbers(lang, ['calls.child'], organisation.numbers.child) +
  numbers(
    lang,
    ['calls.abroad', 'calls.other', 'calls.police', 'calls.consulate', 'calls.hours'],
    organisation.numbers.abroad,
  ) +
  numbers(lang, ['calls.kept'], [])

/** Lists sentences, with the contacts' numbers below them. */
const numbers = (lang: string, keys: readonly EdgeSentence[], ids: readonly string[]): string =>
  `<p>${[
    ...keys.map((key) => escaped(sentence(lang, key))),
    ...contacts
      .filter(({ id }) => ids.includes(id))
      .map(({ tel, display, name }) => {
        const names: Readonly<Record<string, string>> = name
        const link = `<a href="tel:${escaped(tel)}"><bdi>${escaped(display)}</bdi></a>`
        return `${link} ${escaped(names[lang] ?? '')}`
      }),
  ].join('<br>')}</p>`
