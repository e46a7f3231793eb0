// Contains the security headers for every response, whether from the edge or from a static page.
// Pages add the hashes of their inline script and style.

export interface PageSources {
  /** CSP source expressions, such as `'sha256-…'` */
  scripts: string[]
  /** CSP source expressions, such as `'sha256-…'` */
  styles: string[]
  /** hashes of the tools, which the page fetches when a person uses them; empty for most pages */
  tools?: string[]
  /** other origins of the site's API */
  hosts?: string[]
  /** true when the page may play the site's recordings, which it fetches on request */
  recordings?: boolean
}

/** Policy for a response that is not a page (JSON, bytes, redirect). */
export const API_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const list = (sources: string[]): string => (sources.length ? sources.join(' ') : "'none'")

/**
 * Builds the policy for a page. The policy allows only the page's own inline script and style, by
 * hash, with Trusted Types. A page with tools has one Trusted Types policy, `tool`. The hashes
 * still decide which scripts run.
 */
export const pagePolicy = ({
  scripts,
  styles,
  tools = [],
  hosts = [],
  recordings = false,
}: PageSources): string =>
  [
    "default-src 'none'; base-uri 'none'",
    // Allows forms to post to sibling hosts, because a network may freeze the page's own
    // connection.
    `form-action ${["'self'", ...hosts].join(' ')}`,
    "frame-ancestors 'none'",
    `script-src ${list([...scripts, ...tools])}`,
    `style-src ${list(styles)}`,
    'img-src data:',
    // Allows a person to listen to a recording before sending it. Only the page's own script can
    // create a `blob:` URL, and only for bytes that it already has.
    ...mediaSources(recordings, tools.length > 0),
    // Allows lifeline pages to call their own API, and search engines' auditing tools to read
    // robots.txt.
    `connect-src ${["'self'", ...hosts].join(' ')}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${tools.length ? 'tool' : "'none'"}`,
  ].join('; ')

const mediaSources = (ours: boolean, own: boolean): string[] =>
  ours || own ? [`media-src${ours ? " 'self'" : ''}${own ? ' blob:' : ''}`] : []

/**
 * Builds the policy inside a saved page. In a file, `'self'` has no meaning, so the policy lists
 * the hosts of the API and the site instead. A base element makes the page's links lead to the
 * site.
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
  `accelerometer=(), camera=(${camera}), display-capture=(), geolocation=(), gyroscope=(), ` +
  `microphone=(${microphone}), payment=(), usb=()`

/** Permissions of the page that reads QR codes: its browser may request the camera. */
export const SCANNING_PERMISSIONS = permissions({ camera: 'self' })

/** Permissions of the page that records a voice: its browser may request the microphone. */
export const RECORDING_PERMISSIONS = permissions({ microphone: 'self' })

/** The other headers, which are the same on every response. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': permissions({}),
}

/** Cache-Control of responses that reveal a visit, so that caches do not store them. */
export const NO_STORE = 'no-store'
