// Holds the sentences of each language in which the edge can fill a page, and chooses a language.
import type { EdgeSentence } from '#content/edge-sentences.ts'
import { isLanguage, isWholeLanguage } from '#content/languages.ts'
import { errorStrings, tellStrings } from '#content/strings.ts'
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { Site } from './fetch-page.ts'

/** The sentences of each language; a key of one file is in no other file. */
const STRINGS: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[] = [
  errorStrings,
  tellStrings,
]

/** Returns the code of a language. Throws Refusal `not_found` for any other text. */
export async function requireLanguage(site: Site, text: string): Promise<string> {
  if (!(await isBuilt(site, text))) throw new Refusal('not_found')
  return text
}

/**
 * Returns true for a language of the build. A deployment may leave out an edition. A failure counts
 * as true, because the edge then gives the words of a form back.
 */
async function isBuilt({ assets, origin }: Site, lang: string): Promise<boolean> {
  if (isWholeLanguage(lang)) return true
  if (!isLanguage(lang)) return false
  const home = await assets.fetch(`${origin}/${lang}/`).catch(() => null)
  return home?.status !== 404
}

/** Returns the language of a path such as `/ky/tell/`, or null. */
export function languageOfPath(path: string): string | null {
  const [, first = ''] = path.split('/')
  return isLanguage(first) ? first : null
}

/** Returns a sentence. Throws Refusal `internal` when the build lacks the sentence. */
export const sentence = (lang: string, key: EdgeSentence): string => textOf(lang, key)

function textOf(lang: string, key: string): string {
  const text = STRINGS.map((strings) => strings[lang]?.[key]).find((found) => found !== undefined)
  if (text === undefined) throw new Refusal('internal')
  return text
}

export const errorSentence = (lang: string, code: ErrorCode): string =>
  textOf(lang, `error.${code}`)

/**
 * Returns the wanted language that the site has (RFC 9110, section 12.5.4): the highest weight,
 * then the first named. Returns null when the header names no language of the site; the person then
 * chooses.
 */
export async function preferredLanguage(site: Site, header: string): Promise<string | null> {
  const wanted = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return { lang: tag.split('-', 1).join(''), q: Number(weight) }
  })
  const known = wanted.filter(({ lang, q }) => isLanguage(lang) && q > 0 && q <= 1)
  for (const { lang } of known.sort((a, b) => b.q - a.q)) if (await isBuilt(site, lang)) return lang
  return null
}
