// Contains the addresses of the staff app: its origin, its page, its files and its API.
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]']

/** Returns true for a host name that the browser can reach without a network connection. */
export const isThisMachine = (hostname: string): boolean => THIS_MACHINE.includes(hostname)

/**
 * Returns the origin of the staff app: `https:`, or `http:` on a developer's own machine.
 *
 * @param host  STAFF_HOST, with its port if any
 */
export const staffOriginOf = (host: string): string =>
  `${isThisMachine(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`

/**
 * The page and the files of the staff app. `wrangler.toml` sends requests for these paths to the
 * worker before any static file is served.
 */
export const STAFF_FILES = ['/staff/*', '/_astro/*'] as const
export const STAFF_API = '/api/staff/*'

/** Returns true when an address belongs to the staff app: its page, its files or its API. */
export const isStaffPath = (path: string): boolean =>
  [...STAFF_FILES, STAFF_API].some((pattern) => `${path}/`.startsWith(pattern.slice(0, -1)))
