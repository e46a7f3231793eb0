// Redirects pages from `http:` to `https:`, and refuses every other request over `http:` without
// reading it. An attacker on the network could read and change a request over `http:`.
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#protocol/errors'
import { languageOfPath } from '#worker/forms/pages/language'
import { httpsOnlyPage } from '#worker/forms/pages/fallback-page'
import { isThisMachine } from '#worker/staff-addresses'
import { statusOf } from './errors.ts'

const FORMS = '/api/form'

/** Returns true for an address that a browser requests in cleartext over a network. */
export function isReadable(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && !isThisMachine(hostname)
}

/**
 * Redirects or refuses every request that a browser sent in cleartext over a network.
 *
 * @throws Refusal `https_only` for API calls other than forms
 */
export const requireHttps = createMiddleware(async (c, next) => {
  if (!isReadable(c.req.url)) return next()
  const { hostname, pathname, search } = new URL(c.req.url)
  const isForm = pathname.startsWith(`${FORMS}/`)
  const reads = ['GET', 'HEAD'].includes(c.req.method)
  // The status is 301, because some text browsers do not support 308.
  if (reads && (isForm || !pathname.startsWith('/api/')))
    return c.redirect(`https://${hostname}${pathname}${search}`, 301)
  const lang = isForm ? languageOfPath(pathname.slice(FORMS.length)) : null
  if (lang === null) throw new Refusal('https_only')
  const [, , , , page = 'tell'] = pathname.split('/')
  return httpsOnlyPage(lang, `https://${hostname}/${lang}/${page}/`, statusOf('https_only'))
})
