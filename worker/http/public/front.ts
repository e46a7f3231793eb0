// Serves the choice of language at `/`, the quick exit, and the old addresses of pages.
import { Hono } from 'hono'
import foundation from '#content/foundation.json' with { type: 'json' }
import moved from '#content/moved.json' with { type: 'json' }
import { NO_STORE } from '#protocol/security-headers'
import { preferredLanguage, requireLanguage } from '#worker/forms/pages/choose-language'
import { answerWith, fetchPage } from '#worker/forms/pages/fetch-page'
import { siteFrom, type EdgeApp } from '../app.ts'

const CLEARED = '"cache", "storage"'
const EXIT_NOW = '/exit/now'
/**
 * The neutral address that the quick exit opens; content/foundation-schema.ts checks it at build
 * time.
 */
const EXIT_TO: string = foundation.exit.value

export const frontRoutes = new Hono<EdgeApp>()
  .get('/', async (c) => {
    c.header('Vary', 'Accept-Language')
    const wanted = c.req.header('accept-language') ?? ''
    const lang = await preferredLanguage(siteFrom(c), wanted)
    if (lang !== null) return c.redirect(`/${lang}/`, 302)
    const page = answerWith(await fetchPage(siteFrom(c), '/'), 200)
    page.headers.set('Vary', 'Accept-Language')
    return page
  })
  // Shows a blank page before the redirect, so that Clear-Site-Data also clears the previous page.
  // A redirect alone would keep that page in the back-forward cache, where Back would show its
  // words.
  .get('/exit', (c) => {
    c.header('Refresh', `0;url=${EXIT_NOW}`)
    c.header('Cache-Control', NO_STORE)
    return c.html('', 200)
  })
  .get(EXIT_NOW, (c) => {
    c.header('Clear-Site-Data', CLEARED)
    c.header('Cache-Control', NO_STORE)
    return c.redirect(EXIT_TO, 303)
  })

// Somebody may check the phone's history, so some pages were given neutral addresses. Old links
// still lead to them, and the browser's history contains only the new address.
for (const [from, to] of Object.entries(moved))
  frontRoutes.on('GET', [`/:lang/${from}`, `/:lang/${from}/`], async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    return c.redirect(`/${lang}/${to}/`, 301)
  })
