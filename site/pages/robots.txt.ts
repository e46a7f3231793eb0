import type { APIRoute } from 'astro'

/**
 * Returns robots.txt. The file lets crawlers open every page, because a crawler must be able to
 * read a page's noindex header.
 */
export const robotsOf = (site: URL): string => `User-agent: *
Disallow: /api/
Disallow: /exit

Sitemap: ${new URL('/sitemap.xml', site).href}
`

export const GET: APIRoute = ({ site }) => {
  if (site === undefined) throw new Error('astro.config.mjs names no site')
  return new Response(robotsOf(site))
}
