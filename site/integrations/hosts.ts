// Reads the addresses of the site and its API at build time. Saved and printed pages contain these
// addresses and cannot be corrected later.
import { organisation } from '#content/organisation.ts'

/** The site's address, for canonical links, the sitemap and saved pages. */
export const siteOrigin = process.env['OASIS_SITE'] ?? organisation.site

/**
 * The address that printed pages show. Null when no address is set, because a guess must not be
 * printed.
 */
export const addressOnPaper = (site = process.env['OASIS_SITE']): string | null => site || null

/**
 * Other origins of the same site, from OASIS_API_HOSTS, separated by commas. Pages use a sibling
 * when the main origin is blocked or a connection freezes.
 */
export const siblingHosts = (process.env['OASIS_API_HOSTS'] ?? '')
  .split(',')
  .map((host) => host.trim())
  .filter(Boolean)

/**
 * The host that a form is submitted to: the first sibling, if any. The curtain freezes a connection
 * after a certain number of packets, most of which the page has used up.
 */
export const formHost = siblingHosts[0] ?? ''

/** Returns this site's origin, then its siblings. Throws when a value is not an origin. */
export function apiHosts(): string[] {
  const hosts = [siteOrigin, ...siblingHosts]
  const wrong = hosts.find((host) => new URL(host).origin !== host)
  if (wrong) throw new Error(`${wrong} is no origin: say https://host, without a path`)
  return hosts
}
