// Determines the language of a page, and the languages that have a page. A complete language has
// every page. An edition has only the pages that content/editions.json lists for that edition.
import { editionOf, pagesOfEdition } from '#content/editions.ts'
import {
  editions,
  isLanguage,
  isWholeLanguage,
  languages,
  type Language,
} from '#content/languages.ts'

export { defaultLanguage } from '#content/languages.ts'

/**
 * Returns the editions of this build. A deployment omits the editions that OASIS_LEFT_OUT lists.
 */
export function builtEditions(): readonly Language[] {
  const leftOut = (process.env['OASIS_LEFT_OUT'] ?? '').split(',')
  return editions.filter((lang) => !leftOut.includes(lang))
}

/** Returns true when an edition of this build has a page. */
const isInEdition = (lang: Language, page: string): boolean => {
  const edition = editionOf(lang)
  return edition !== null && pagesOfEdition(edition).includes(page)
}

/** Returns the languages of this build that have a page, in the order of the language switch. */
export const languagesOf = (page: string): readonly Language[] => [
  ...languages,
  ...builtEditions().filter((lang) => isInEdition(lang, page)),
]

/** Returns true when this build has a page in a language. */
export const hasPage = (lang: Language, page: string): boolean =>
  isWholeLanguage(lang) || languagesOf(page).includes(lang)

/** Returns the paths for getStaticPaths of a page under pages/[lang]/, one for each language. */
export function languagePaths({ routePattern }: { routePattern: string }): {
  params: { lang: Language }
}[] {
  const page = routePattern.replace(/^\/\[lang\]\/?/, '')
  return languagesOf(page).map((lang) => ({ params: { lang } }))
}

/** Narrows Astro.params.lang. @throws when a page is built for an unknown language */
export function languageOf(param: string | undefined): Language {
  if (param !== undefined && isLanguage(param)) return param
  throw new Error(`no such language: ${param ?? 'none'}`)
}
