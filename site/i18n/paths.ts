// Addresses: /{lang}/{page}/. A page that is not in the list is linked from nowhere; a test compares the list with the build.
import type { Language } from './languages.ts'

export const pages = [
  '',
  'before-you-go',
  'offer-check',
  'signs',
  'family',
  'rights',
  'help',
  'tell',
  'answer',
  'send',
  'professionals',
  'about',
  'network',
  'privacy',
  'print',
  'accessibility',
] as const

export type PageName = (typeof pages)[number]

export const isPage = (name: string): name is PageName =>
  (pages as readonly string[]).includes(name)

/** `pathOf('ky', 'help')` is `/ky/help/`; the empty name is home. `404`, `tell/sent` and `tell/saved` are pages without links of their own. */
export const pathOf = (lang: Language, page: string): string =>
  page === '' ? `/${lang}/` : `/${lang}/${page}/`

/** The key of a page's name, as links to it say it. */
export const nameKey = (page: PageName): string => `nav.${page === '' ? 'home' : page}`

/** The same page in another language: `/ky/tell/sent/` becomes `/ru/tell/sent/`. */
export const samePageIn = (lang: Language, path: string): string =>
  path.replace(/^\/[a-z]{2}(?=\/|$)/, `/${lang}`)
