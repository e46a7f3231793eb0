// Lists the complete languages from content/organisation.json, and the editions, which have only
// some pages, from content/editions.json. Every language and edition has a folder in
// content/strings and in content/pages. Each column is a separate constant, so that a page carries
// only the columns that it uses.
import editionRecords from './editions.json' with { type: 'json' }
import organisation from './organisation.json' with { type: 'json' }

/** A language with every page. */
export type WholeLanguage = keyof typeof organisation.languages
/** The language of a page: a complete language or an edition. */
export type Language = keyof (typeof organisation.languages & typeof editionRecords)

/** Returns the codes of the languages. organisation.ts refuses an empty list. */
const codesOf = (
  names: Readonly<Record<WholeLanguage, string>>,
): readonly [WholeLanguage, ...WholeLanguage[]] =>
  Object.keys(names) as [WholeLanguage, ...WholeLanguage[]]

/** The codes of the complete languages, in the order in which the site offers them. */
export const languages = /* @__PURE__ */ codesOf(organisation.languages)

/** The language for a person who has not chosen one. */
export const defaultLanguage = /* @__PURE__ */ firstOf(languages)

function firstOf<T>([first]: readonly [T, ...unknown[]]): T {
  return first
}

/** The editions, by code. content/editions.ts checks the records. */
const EDITIONS: Readonly<Record<string, { name: string; rightToLeft?: boolean }>> = editionRecords

const isEdition = (text: string): text is Language => Object.keys(EDITIONS).includes(text)

/**
 * The codes of the editions. A deployment may leave some of the editions out: see
 * site/i18n/languages.ts.
 */
export const editions: readonly Language[] = /* @__PURE__ */ Object.keys(EDITIONS).filter(isEdition)

export const isWholeLanguage = (text: string): text is WholeLanguage =>
  (languages as readonly string[]).includes(text)

/** Returns true when a string is the code of a language or of an edition. */
export const isLanguage = (text: string): text is Language =>
  isWholeLanguage(text) || isEdition(text)

type Column<T> = Readonly<Record<WholeLanguage, T>>

/** The name of each language in that language. */
export const OWN_NAMES: Readonly<Record<Language, string>> = /* @__PURE__ */ ownNames()

function ownNames(): Record<Language, string> {
  const names: Readonly<Record<string, string>> = organisation.languages
  return forEveryLanguage((lang) => names[lang] ?? EDITIONS[lang]?.name ?? lang)
}

/** The languages that are written from right to left. */
const RIGHT_TO_LEFT: readonly string[] = organisation.rightToLeft

/**
 * Returns the `dir` attribute for an element in a language; undefined for left-to-right languages.
 */
export const directionOf = (lang: string): 'rtl' | undefined =>
  RIGHT_TO_LEFT.includes(lang) || EDITIONS[lang]?.rightToLeft === true ? 'rtl' : undefined

/**
 * The language that is used when a device lacks a language's locale or voice. When the device lacks
 * a reader's language, numbers and spoken digits are in this language, which the reader
 * understands.
 */
export const STAND_IN: Readonly<Record<string, string>> = organisation.standIn

/**
 * The minimum number of letters in a long word, for the readability score. LIX uses 7 for Swedish.
 */
export const LONG_WORD: Column<number> = organisation.longWord

/** Makes a record with a value for each complete language. */
export function forEachLanguage<T>(valueOf: (lang: WholeLanguage) => T): Record<WholeLanguage, T> {
  const values: Partial<Record<WholeLanguage, T>> = {}
  for (const lang of languages) values[lang] = valueOf(lang)
  return values as Record<WholeLanguage, T>
}

/** Makes a record with a value for each complete language and each edition. */
export function forEveryLanguage<T>(valueOf: (lang: Language) => T): Record<Language, T> {
  const values: Partial<Record<Language, T>> = {}
  for (const lang of [...languages, ...editions]) values[lang] = valueOf(lang)
  return values as Record<Language, T>
}

/**
 * Returns a placeholder for a text that an edition lacks. The build refuses a page with such a
 * text, and lists all missing texts.
 */
export const untranslated = (lang: Language, what: string): string => `⟦${lang}: ${what}⟧`

/** Words that hurt readers. The tests refuse such words in strings and pages. */
export const HURTFUL: Column<RegExp> = /* @__PURE__ */ forEachLanguage(
  (lang) => new RegExp(organisation.hurtful[lang], 'i'),
)
