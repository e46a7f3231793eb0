// Contains the sentences for each language in which the edge can fill a page.
import type { EdgeSentence } from '#content/edge-sentences.ts'
import { isLanguage } from '#content/languages.ts'
import { errorStrings, tellStrings } from '#content/strings.ts'
import { Refusal, type ErrorCode } from '#protocol/errors'

/** The sentences in each language; each key is in only one file. */
const STRINGS: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[] = [
  errorStrings,
  tellStrings,
]

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
