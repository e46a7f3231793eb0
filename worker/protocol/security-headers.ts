// Security headers of every answer, the edge's and the static pages' alike. Pages add hashes of their own inline script and style.

export interface PageSources {
  /** CSP source expressions, as `'sha256-…'` */
  scripts: string[]
  styles: string[]
  /** Hashes of scripts that the page fetches when they are chosen; none for most pages. */
  tools?: string[]
  /** Other origins of our API. */
  hosts?: string[]
}

/** Policy of an answer that is no page (JSON, bytes, redirect). */
export const API_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const list = (sources: string[]): string => (sources.length ? sources.join(' ') : "'none'")

/**
 * Policy of a page: nothing but its own inline script and style, by hash, and Trusted Types for all that is left. A page with tools
 * may make scripts of text under one name; what then runs is still decided by hash.
 */
export const pagePolicy = ({ scripts, styles, tools = [], hosts = [] }: PageSources): string =>
  [
    "default-src 'none'; base-uri 'none'",
    // A plain form goes to a sibling if there is one: on the connection that brought the page it would freeze.
    `form-action ${["'self'", ...hosts].join(' ')}`,
    "frame-ancestors 'none'",
    `script-src ${list([...scripts, ...tools])}`,
    `style-src ${list(styles)}`,
    'img-src data:',
    // A recording is listened to before it is sent. Only our own script can make such an address, and only of bytes that it has.
    ...(tools.length ? ['media-src blob:'] : []),
    // Lifeline pages call their own API; the tools of search engines read robots.txt under a page's policy.
    `connect-src ${["'self'", ...hosts].join(' ')}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${tools.length ? 'tool' : "'none'"}`,
  ].join('; ')

/**
 * Policy inside a page that is saved as a file. There `'self'` means nothing: the hosts of the API and the site stand in its place,
 * and a base lets the page's links lead to the site.
 */
export const savedPagePolicy = ({
  site,
  hosts = [],
  ...sources
}: PageSources & { site: string }): string =>
  pagePolicy(sources)
    .replace(
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      `base-uri ${site}; form-action ${hosts.join(' ')}`,
    )
    .replace("connect-src 'self'", `connect-src ${hosts.join(' ')}`)

const permissions = ({ camera = '', microphone = '' }): string =>
  `accelerometer=(), camera=(${camera}), display-capture=(), geolocation=(), gyroscope=(), microphone=(${microphone}), payment=(), usb=()`

/** Of the one page that reads codes with the camera: its browser may ask for it. */
export const SCANNING_PERMISSIONS = permissions({ camera: 'self' })

/** Of the one page where a voice can be recorded. */
export const RECORDING_PERMISSIONS = permissions({ microphone: 'self' })

/** All other headers, the same everywhere. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': permissions({}),
}

/** Answers that tell of a visit are kept by no cache. */
export const NO_STORE = 'no-store'
