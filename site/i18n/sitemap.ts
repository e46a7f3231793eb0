// What search engines may list: every page in every language, each with its sisters; never the pages that tell of a visit.
import { defaultLanguage, languages } from './languages.ts'
import { pages, pathOf, type PageName } from './paths.ts'

const UNLISTED: readonly PageName[] = ['tell', 'answer', 'send']

export const listedPages: readonly PageName[] = pages.filter((page) => !UNLISTED.includes(page))

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
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`
}

/** Pages that tell of a visit say noindex themselves: a crawler must be able to read that. */
export const robotsOf = (site: URL): string => `User-agent: *
Disallow: /api/
Disallow: /exit

Sitemap: ${new URL('/sitemap.xml', site).href}
`
