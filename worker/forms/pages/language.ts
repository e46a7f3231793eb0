// Holds the sentences of each language that the edge can use for a page, and chooses a language.
import { forEachLanguage, isLanguage } from '#content/languages.ts'
import { errorStrings, tellStrings } from '#content/strings.ts'
import { Refusal, type ErrorCode } from '#protocol/errors'

const STRINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = forEachLanguage(
  (lang) => ({ ...errorStrings[lang], ...tellStrings[lang] }),
)

/** Returns the code of a language. Throws Refusal `not_found` for any other text. */
export function requireLanguage(text: string): string {
  if (!isLanguage(text)) throw new Refusal('not_found')
  return text
}

/** Returns the language of a path such as `/ky/tell/`, or null. */
export function languageOfPath(path: string): string | null {
  const [, first = ''] = path.split('/')
  return isLanguage(first) ? first : null
}

/** Returns a sentence. Throws Refusal `internal` when the build lacks the sentence. */
export function sentence(lang: string, key: string): string {
  const text = STRINGS[lang]?.[key]
  if (text === undefined) throw new Refusal('internal')
  return text
}

export const errorSentence = (lang: string, code: ErrorCode): string =>
  sentence(lang, `error.${code}`)

/**
 * Returns the wanted language that the site has (RFC 9110, section 12.5.4): the highest weight,
 * then the first one listed. Returns null when the header contains no language of the site; the
 * person then chooses.
 */
export function preferredLanguage(header: string): string | null {
  const wanted = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return { lang: tag.split('-', 1).join(''), q: Number(weight) }
  })
  const known = wanted.filter(({ lang, q }) => isLanguage(lang) && q > 0 && q <= 1)
  return known.sort((a, b) => b.q - a.q)[0]?.lang ?? null
}
