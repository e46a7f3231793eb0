// The addresses that are no pages: the front door, which chooses a language, and the way out.
import { Hono } from 'hono'
import { NO_STORE } from '#protocol/security-headers'
import { exitAddress } from '#worker/pages/exit'
import { preferredLanguage } from '#worker/pages/language'
import { answerWith, fetchPage } from '#worker/pages/page'
import { siteFrom, type App } from './app.ts'

const CLEARED = '"cache", "storage"'
const EXIT_NOW = '/exit/now'

export const front = new Hono<App>()
  .get('/', async (c) => {
    c.header('Vary', 'Accept-Language')
    const lang = preferredLanguage(c.req.header('accept-language') ?? '')
    if (lang !== null) return c.redirect(`/${lang}/`, 302)
    const page = answerWith(await fetchPage(siteFrom(c), '/'), 200)
    page.headers.set('Vary', 'Accept-Language')
    return page
  })
  // A page that is left by a redirect stays in the back-forward cache, and Back would show its words. A blank page of our own
  // between it and the way out lets Clear-Site-Data reach it.
  .get('/exit', (c) => {
    c.header('Refresh', `0;url=${EXIT_NOW}`)
    c.header('Cache-Control', NO_STORE)
    return c.html('', 200)
  })
  .get(EXIT_NOW, (c) => {
    c.header('Clear-Site-Data', CLEARED)
    c.header('Cache-Control', NO_STORE)
    return c.redirect(exitAddress, 303)
  })
