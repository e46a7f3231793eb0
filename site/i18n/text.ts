// Reads the words in content/strings/<lang>/. A missing key, an unfilled {placeholder} or the same
// key in two files stops the build.
/// <reference types="astro/client" />
import {
  defaultLanguage,
  editions,
  isWholeLanguage,
  languages,
  untranslated,
  type Language,
} from '#content/languages.ts'
import { namesIn } from '#content/organisation.ts'
import { foundationValue } from '#content/published.ts'
import type { Fact } from '#content/schema.ts'

type Params = Readonly<Record<string, string | number>>
type Strings = Readonly<Record<string, string>>

const files = import.meta.glob<Strings>(
  '../../content/strings/*/{site,tell,more,errors,offer,check,paper}.json',
  {
    eager: true,
    import: 'default',
  },
)

const tables = new Map<string, Map<string, string>>(
  [...languages, ...editions].map((lang) => [lang, new Map(Object.entries(namesIn(lang)))]),
)
for (const [path, strings] of Object.entries(files)) {
  const lang = path.split('/').at(-2) ?? ''
  const table = tables.get(lang) ?? new Map<string, string>()
  for (const [key, text] of Object.entries(strings)) {
    if (table.has(key)) throw new Error(`${lang}: the key ${key} stands in two files`)
    table.set(key, text)
  }
  tables.set(lang, table)
}

export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`nothing to put in ${place} of "${text}"`)
    return String(value)
  })
}

/**
 * Returns the text of a key in a language, with `{n}` filled from params.
 * @throws when the key or a parameter is missing, so that no page is half translated
 */
export const t = (lang: Language, key: string, params?: Params): string =>
  fill(textOf(lang, key), params)

/**
 * Returns the text of a key without filling its placeholders. The build lists all texts that the
 * pages of an edition lack.
 *
 * @throws when a complete language lacks the key
 */
export function textOf(lang: Language, key: string): string {
  const text = tables.get(lang)?.get(key)
  if (text !== undefined) return text
  if (isWholeLanguage(lang)) throw new Error(`${lang}: no text for the key ${key}`)
  return untranslated(lang, key)
}

/** Returns all keys of a language with the prefix, for pages that contain their strings as JSON. */
export function textsUnder(lang: Language, prefix: string): Strings {
  const keys = keysOf(lang).filter((key) => key.startsWith(prefix))
  return Object.fromEntries(keys.map((key) => [key, textOf(lang, key)]))
}

/** Returns the keys of a language. An edition may lack texts for some of its keys. */
export const keysOf = (lang: Language): readonly string[] => [
  ...(tables.get(isWholeLanguage(lang) ? lang : defaultLanguage)?.keys() ?? []),
]

/** Formats a day, month or year from the records (2026-11-24, 2026-11, 2026) like 24.11.2026. */
export const writtenDay = (day: string): string => day.split('-').reverse().join('.')

/**
 * Returns the sentence about replies at night, or a sentence that does not promise a reader at
 * night.
 */
export const nightLine = (lang: Language): string =>
  foundationValue('night', lang) ?? t(lang, 'help.night')

/** Returns the sentence about the time of a reply, or a sentence that does not promise a time. */
export const replyLine = (lang: Language): string =>
  foundationValue('replyTime', lang) ?? t(lang, 'reply.unpromised')

/** Returns the name of a fact's source in a language, with the day of the source. */
export const sourceOf = (lang: Language, { source, date }: Fact): string =>
  date === null ? source[lang] : `${source[lang]}, ${writtenDay(date)}`

/**
 * Keeps a number inside a sentence on one line with its sign: 67 429, № 55, 8 %. A telephone number
 * may break between its groups, because with large text it does not fit on one line.
 */
export const keepNumbers = (text: string): string =>
  text.replace(/(?<!\+[\d ]+)(?<=\d|№|No\.) (?=[\d%])/g, '\u00a0')
