// Chooses a language for a page or a visitor. content/languages.ts lists the languages.
import { isLanguage, languages, type Language } from '#content/languages.ts'

export const [defaultLanguage] = languages

/** Returns the paths for getStaticPaths of every page under pages/[lang]/. */
export const languagePaths = (): { params: { lang: Language } }[] =>
  languages.map((lang) => ({ params: { lang } }))

/** Narrows Astro.params.lang. @throws when a page is built for an unknown language */
export function languageOf(param: string | undefined): Language {
  if (param !== undefined && isLanguage(param)) return param
  throw new Error(`no such language: ${param ?? 'none'}`)
}
