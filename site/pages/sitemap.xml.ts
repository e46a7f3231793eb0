import type { APIRoute } from 'astro'
import { sitemapIndexOf } from '../i18n/sitemap.ts'

export const GET: APIRoute = ({ site }) => {
  if (site === undefined) throw new Error('astro.config.mjs names no site')
  return new Response(sitemapIndexOf(site), { headers: { 'Content-Type': 'application/xml' } })
}
