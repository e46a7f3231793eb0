// Lists the languages of content/organisation.json. Each language has a folder in content/strings
// and content/pages. Each column is a separate constant, so that a page contains only the columns
// that it uses.
import organisation from './organisation.json' with { type: 'json' }

export type Language = keyof typeof organisation.languages

/** Returns the codes of the languages. organisation.ts refuses an empty list. */
const codesOf = (names: Readonly<Record<Language, string>>): readonly [Language, ...Language[]] =>
  Object.keys(names) as [Language, ...Language[]]

/** The codes, in the order that the site uses for its languages. */
export const languages = /* @__PURE__ */ codesOf(organisation.languages)

/** Returns true when a text is the code of a language. */
export const isLanguage = (text: string): text is Language =>
  (languages as readonly string[]).includes(text)

type Column<T> = Readonly<Record<Language, T>>

/** The name of each language in that language. */
export const OWN_NAMES: Column<string> = organisation.languages

/** The languages that are written from right to left. */
const RIGHT_TO_LEFT: readonly string[] = organisation.rightToLeft

/**
 * Returns the `dir` attribute for an element in a language; undefined for left-to-right languages.
 */
export const directionOf = (lang: string): 'rtl' | undefined =>
  RIGHT_TO_LEFT.includes(lang) ? 'rtl' : undefined

/**
 * The language that is used where a device lacks a language's locale or voice. Readers of that
 * language understand numbers and spoken digits in it.
 */
export const STAND_IN: Readonly<Record<string, string>> = organisation.standIn

/**
 * The minimum number of letters in a long word, for the readability score. LIX uses 7 for Swedish.
 */
export const LONG_WORD: Column<number> = organisation.longWord

/** Makes a record with a value for each language. */
export function forEachLanguage<T>(valueOf: (lang: Language) => T): Record<Language, T> {
  const values: Partial<Record<Language, T>> = {}
  for (const lang of languages) values[lang] = valueOf(lang)
  return values as Record<Language, T>
}

/** Words that hurt readers. The tests refuse such words in strings and pages. */
export const HURTFUL: Column<RegExp> = /* @__PURE__ */ forEachLanguage(
  (lang) => new RegExp(organisation.hurtful[lang], 'i'),
)
