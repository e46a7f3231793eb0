// Makes addresses: /{lang}/{page}/. No page links to a page outside site/pages.ts; a test compares
// that table with the build.
import type { Language } from '#content/languages.ts'
import type { PageName } from '../pages.ts'

/**
 * Returns an address: `pathOf('ky', 'help')` is `/ky/help/`; an empty name means home. No menu
 * links to a page whose `isLinked` is false in site/pages.ts.
 */
export const pathOf = (lang: Language, page: string): string =>
  page === '' ? `/${lang}/` : `/${lang}/${page}/`

/** Returns the key of the page's name in links. */
export const nameKey = (page: PageName): string => `nav.${page === '' ? 'home' : page}`
