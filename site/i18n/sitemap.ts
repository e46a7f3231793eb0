// Lists the pages for search engines, in one sitemap for each language.
// Pages that reveal a person's visit are not listed.
import type { Language } from '#content/languages.ts'
import { defaultLanguage, hasPage, languagesOf } from './languages.ts'
import { countryPages, pageEntryOf, pageNames } from '../pages.ts'
import { storyPages } from '../stories.ts'
import { pathOf } from './paths.ts'

export const listedPages: readonly string[] = [...pageNames, ...countryPages, ...storyPages].filter(
  (page) => pageEntryOf(page)?.showsVisit === false,
)

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const SCHEMA = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** Returns the sitemap index, which lists one sitemap for each language. */
export function sitemapIndexOf(site: URL): string {
  const entries = languagesOf('').map(
    (lang) => `<sitemap><loc>${new URL(sitemapPath(lang), site).href}</loc></sitemap>`,
  )
  return `${XML}
<sitemapindex xmlns="${SCHEMA}">
${entries.join('\n')}
</sitemapindex>
`
}

/**
 * A sitemap's address is in the folder of its language, because a sitemap may list only pages of
 * that folder.
 */
const sitemapPath = (lang: Language): string => `/${lang}/sitemap.xml`

/** Returns the sitemap of a language, with the translations of each page. */
export function sitemapOf(site: URL, lang: Language): string {
  const address = (path: string): string => new URL(path, site).href
  const alternate = (other: string, path: string): string =>
    `<xhtml:link rel="alternate" hreflang="${other}" href="${address(path)}"/>`
  const pages = listedPages.filter((page) => hasPage(lang, page))
  const entries = pages.map((page) => {
    const everywhere = page === '' ? '/' : pathOf(defaultLanguage, page)
    const sisters = [
      ...languagesOf(page).map((other) => alternate(other, pathOf(other, page))),
      alternate('x-default', everywhere),
    ].join('')
    return `<url><loc>${address(pathOf(lang, page))}</loc>${sisters}</url>`
  })
  return `${XML}
<urlset xmlns="${SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`
}
