// Lists the languages. Each language has a folder in content/strings and content/pages.
// Each column is a constant of its own, so that a page carries only the columns that it uses.

/** The codes, in the order in which the site offers the languages. */
export const languages = ['ky', 'ru', 'en'] as const

export type Language = (typeof languages)[number]

/** Returns whether a text is the code of a language. */
export const isLanguage = (text: string): text is Language =>
  (languages as readonly string[]).includes(text)

type Column<T> = Readonly<Record<Language, T>>

/** The name of each language in itself. */
export const OWN_NAMES: Column<string> = {
  ky: 'Кыргызча',
  ru: 'Русский',
  en: 'English',
}

/** The least number of letters in a long word, for the reading ease. LIX has 7 for Swedish. */
export const LONG_WORD: Column<number> = { ky: 9, ru: 9, en: 7 }

/** Words that hurt a reader. The tests refuse such words in strings and pages. */
export const HURTFUL: Column<RegExp> = {
  ky: /кулчулук|курмандык/i,
  ru: /жертв|рабств/i,
  en: /\bslave|\brescue|\bvictim/i,
}

/** Makes a record with a value for each language. */
export function forEachLanguage<T>(valueOf: (lang: Language) => T): Record<Language, T> {
  const values: Partial<Record<Language, T>> = {}
  for (const lang of languages) values[lang] = valueOf(lang)
  return values as Record<Language, T>
}
