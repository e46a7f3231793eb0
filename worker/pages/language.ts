// The languages in which the worker can fill a page, and which of them a browser asks for.
import enErrors from '#content/strings/en/errors.json' with { type: 'json' }
import enTell from '#content/strings/en/tell.json' with { type: 'json' }
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import kyTell from '#content/strings/ky/tell.json' with { type: 'json' }
import ruErrors from '#content/strings/ru/errors.json' with { type: 'json' }
import ruTell from '#content/strings/ru/tell.json' with { type: 'json' }
import { Refusal, type ErrorCode } from '#protocol/errors'

// One line for a new language: a worker cannot look into folders.
const STRINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ky: { ...kyErrors, ...kyTell },
  ru: { ...ruErrors, ...ruTell },
  en: { ...enErrors, ...enTell },
}

/** Throws Refusal `not_found` for anything but the code of a language. */
export function requireLanguage(text: string): string {
  if (!Object.hasOwn(STRINGS, text)) throw new Refusal('not_found')
  return text
}

/** The language of a path, as `/ky/tell/`, or null. */
export function languageOfPath(path: string): string | null {
  const [, first = ''] = path.split('/')
  return Object.hasOwn(STRINGS, first) ? first : null
}

/** A sentence in a language. A missing one is a fault of the build and answered as such. */
export function sentence(lang: string, key: string): string {
  const text = STRINGS[lang]?.[key]
  if (text === undefined) throw new Refusal('internal')
  return text
}

export const errorSentence = (lang: string, code: ErrorCode): string =>
  sentence(lang, `error.${code}`)

/**
 * The wanted language that the site has (RFC 9110, section 12.5.4): the highest weight, then the first named. Null when none
 * is named: then the person chooses.
 */
export function preferredLanguage(header: string): string | null {
  const wanted = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return { lang: tag.split('-', 1).join(''), q: Number(weight) }
  })
  const known = wanted.filter(({ lang, q }) => Object.hasOwn(STRINGS, lang) && q > 0 && q <= 1)
  return known.sort((a, b) => b.q - a.q)[0]?.lang ?? null
}
