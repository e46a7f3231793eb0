// The worker takes a page of the build and fills its slots (bare.ts is the exception). The page keeps its own policy.
import { Refusal } from '#protocol/errors'
import { NO_STORE } from '#protocol/security-headers'

export interface Site {
  /** the built pages */
  assets: Fetcher
  origin: string
}

/** A built page. Throws Refusal `unavailable` when the build does not have it. */
export async function fetchPage({ assets, origin }: Site, path: string): Promise<Response> {
  const page = await assets.fetch(`${origin}${path}`)
  if (!page.ok) throw new Refusal('unavailable')
  return page
}

/** The page as an answer to a person: only the type and the policy of the original are kept, and no cache keeps it. */
export function answerWith(page: Response, status: number): Response {
  const headers = new Headers({ 'Cache-Control': NO_STORE })
  for (const name of ['Content-Type', 'Content-Security-Policy']) {
    const value = page.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(page.body, { status, headers })
}
