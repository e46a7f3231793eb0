// Lists the pages for search engines in every language, with their translations.
// Pages that show a person's visit are not listed.
import { languages } from '#content/languages.ts'
import { defaultLanguage } from './languages.ts'
import { countryPages, pageEntryOf, pageNames } from '../pages.ts'
import { storyPages } from '../stories.ts'
import { pathOf } from './paths.ts'

export const listedPages: readonly string[] = [...pageNames, ...countryPages, ...storyPages].filter(
  (page) => pageEntryOf(page)?.showsVisit === false,
)

export function sitemapOf(site: URL): string {
  const address = (path: string): string => new URL(path, site).href
  const alternate = (lang: string, path: string): string =>
    `<xhtml:link rel="alternate" hreflang="${lang}" href="${address(path)}"/>`
  const entries = listedPages.flatMap((page) => {
    const everywhere = page === '' ? '/' : pathOf(defaultLanguage, page)
    const sisters = [
      ...languages.map((lang) => alternate(lang, pathOf(lang, page))),
      alternate('x-default', everywhere),
    ].join('')
    return languages.map((lang) => `<url><loc>${address(pathOf(lang, page))}</loc>${sisters}</url>`)
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`
}

/**
 * Returns robots.txt. The file allows every page, because a crawler must read the header noindex.
 */
export const robotsOf = (site: URL): string => `User-agent: *
Disallow: /api/
Disallow: /exit

Sitemap: ${new URL('/sitemap.xml', site).href}
`
