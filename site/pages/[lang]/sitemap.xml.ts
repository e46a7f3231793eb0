import type { APIRoute } from 'astro'
import { languageOf, languagesOf } from '../../i18n/languages.ts'
import { sitemapOf } from '../../i18n/sitemap.ts'

export const getStaticPaths = () => languagesOf('').map((lang) => ({ params: { lang } }))

export const GET: APIRoute = ({ site, params: { lang } }) => {
  if (site === undefined) throw new Error('astro.config.mjs names no site')
  const headers = { 'Content-Type': 'application/xml' }
  return new Response(sitemapOf(site, languageOf(lang)), { headers })
}
