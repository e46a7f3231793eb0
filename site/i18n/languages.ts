// The languages of the site, in the order in which they are offered. Each has a folder in content/strings and content/pages.
export const languages = ['ky', 'ru', 'en'] as const

export type Language = (typeof languages)[number]

export const defaultLanguage: Language = 'ky'

export const isLanguage = (text: string): text is Language =>
  (languages as readonly string[]).includes(text)

/** For getStaticPaths of every page under pages/[lang]/. */
export const languagePaths = (): { params: { lang: Language } }[] =>
  languages.map((lang) => ({ params: { lang } }))

/** Narrows Astro.params.lang. Throws when a page is built outside the known languages. */
export function languageOf(param: string | undefined): Language {
  if (param !== undefined && isLanguage(param)) return param
  throw new Error(`no such language: ${param ?? 'none'}`)
}
