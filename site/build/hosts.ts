// Where the site and its API are to be found: settings of the build, since pages that are saved or printed cannot be told later.

/** The address at which the site is read: canonical links, the sitemap, the code on the posters, and pages saved as files. */
export const siteOrigin = process.env['OASIS_SITE'] ?? 'https://oasisorg.kg'

/** Other origins that serve the same site, for when ours is blocked or its connection freezes: OASIS_API_HOSTS, by commas. */
export const siblingHosts = (process.env['OASIS_API_HOSTS'] ?? '')
  .split(',')
  .map((host) => host.trim())
  .filter(Boolean)

/**
 * Where a plain form goes: to a sibling if there is one. The connection that brought the page has no room for a form and its
 * answer where networks freeze connections.
 */
export const formHost = siblingHosts[0] ?? ''

/** This site's own origin, then its siblings. Throws on what is no origin. */
export function apiHosts(): string[] {
  const hosts = [siteOrigin, ...siblingHosts]
  const wrong = hosts.find((host) => new URL(host).origin !== host)
  if (wrong) throw new Error(`${wrong} is no origin: say https://host, without a path`)
  return hosts
}
