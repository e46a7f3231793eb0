// Fetches a page from the build. The edge then fills the page's slots. The page keeps the policy
// with which it was built. Only fallback-page.ts makes pages that are not in the build.
import { fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { NO_STORE } from '#protocol/security-headers'
import { languageOfPath } from './language.ts'

export interface Site {
  /** the built pages */
  assets: Fetcher
  origin: string
}

/** Fetches a built page. Throws Refusal `unavailable` when the build has no such page. */
export async function fetchPage({ assets, origin }: Site, path: string): Promise<Response> {
  const page = await assets.fetch(`${origin}${path}`)
  if (!page.ok) throw new Refusal('unavailable')
  return page
}

/** Responds with a page. The response has only the page's type and policy, and forbids caching. */
export function answerWith(page: Response, status: number): Response {
  const headers = new Headers({ 'Cache-Control': NO_STORE })
  for (const name of ['Content-Type', 'Content-Security-Policy']) {
    const value = page.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(page.body, { status, headers })
}

/**
 * Responds to an unknown address with the not-found page in the language of the address.
 *
 * @throws Refusal `unavailable` when the build has no such page
 */
export async function missingPage(site: Site, path: string): Promise<Response> {
  const lang = languageOfPath(path)
  const own = lang === null ? null : await fetchPage(site, `/${lang}/404/`).catch(() => null)
  return answerWith(own ?? (await fetchPage(site, '/404')), 404)
}

/**
 * Reads the root key that the build pins in its pages. The edge needs this key to seal forms.
 *
 * @returns 65 bytes
 * @throws Refusal `unavailable` when the build has no root key
 */
export const pinnedRoot = async (site: Site): Promise<Bytes> =>
  fromB64((await (await fetchPage(site, '/root-key.txt')).text()).trim())
