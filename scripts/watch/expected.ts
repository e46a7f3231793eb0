// Lists the addresses that a host must serve, and the response that each client must receive.
import { languages } from '#content/languages.ts'
import { API_POLICY, NO_STORE, SECURITY_HEADERS } from '#protocol/security-headers'
import { headersOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import { signedHeaders, type SignedHeaders } from '#scripts/shared/header-faults'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import type { FetchClient } from '#scripts/watch/clients'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { addressOf } from '#site/integrations/page-headers.ts'
import { isStaffPath } from '#worker/staff-addresses'

export interface Expected {
  address: string
  status: number
  /** the path of the file whose bytes the response contains; null for a response without a file */
  file: string | null
  headers: SignedHeaders
  /** the headers of a response that redirects a client, except `Location` */
  headersWhenLed: SignedHeaders
  /**
   * returns the address to which a client is redirected, or null when the client receives the file
   */
  leadsTo: (client: FetchClient) => string | null
}

const NOWHERE = () => null

const TYPE = 'content-type'
/** The headers of a response that the worker makes without a file. */
const ofWorker = (headers: Readonly<Record<string, string>> = {}): SignedHeaders =>
  signedHeaders(
    Object.entries({
      ...SECURITY_HEADERS,
      'Content-Security-Policy': API_POLICY,
      'Cache-Control': NO_STORE,
      ...headers,
    }),
  )

/** The headers of the public keys, which any origin may request. */
export const KEY_HEADERS = ofWorker({
  'Content-Type': 'application/octet-stream',
  'Cache-Control': 'public, max-age=300',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
})

/** Returns the headers of a page that replaces a missing page. Caches do not store such a page. */
function headersWhenMissing(page: SignedHeaders): SignedHeaders {
  const kept = ['content-security-policy', TYPE].map(
    (name) => [name, page.get(name) ?? ''] as const,
  )
  return new Map([...ofWorker(), ...kept])
}

/**
 * Returns the responses of a site host: the published files, and the page for missing addresses.
 * These responses do not include the staff app. The address of a page without its final slash
 * redirects to the page.
 */
export function expectedOfSite(manifest: SiteManifest): Expected[] {
  const [ofStaff, files] = manifestFiles(manifest)
  // Cloudflare itself makes this redirect, and applies the header rules for the address without the
  // slash.
  const rulesOfSite = rulesOf(manifest.headers)
  const [script] = ofStaff.filter(({ address }) => address.endsWith('.js'))
  const at = (address: string): Expected[] => files.filter((each) => each.address === address)
  const fallback = at(addressOf(manifest.default_fallback.slice(1)))
  const hidden = ['/staff/', '/staff', ...(script ? [script.address] : [])]
  const missing = [
    ...['/nothing', ...hidden].flatMap((address) => fallback.map((page) => ({ ...page, address }))),
    ...languages.flatMap((lang) =>
      at(`/${lang}/404/`).map((page) => ({ ...page, address: `/${lang}/nothing` })),
    ),
  ].map((page) => ({ ...page, status: 404, headers: headersWhenMissing(page.headers) }))
  return [
    ...files.map((each) => (each.address === '/' ? choosing(each) : each)),
    ...slashlessOf(files).map((each) => ({
      ...each,
      headersWhenLed: signedHeaders(headersAt(rulesOfSite, each.address)),
    })),
    ...missing,
  ]
}

/** Only a few addresses from the site, because each request to the staff host runs the worker. */
const OF_THE_SITE = [
  ...[pathOf(defaultLanguage, ''), pathOf(defaultLanguage, 'tell')],
  ...['/exit', '/robots.txt', '/nothing', '/api/keys'],
]

/** Returns the responses of the staff host: the staff app's files, and no part of the site. */
export function expectedOfStaffHost(manifest: SiteManifest): Expected[] {
  const [files] = manifestFiles(manifest)
  const headers = ofWorker({ 'Content-Type': 'application/json' })
  const without = (address: string): Expected => ({
    ...{ address, status: 404, file: null, leadsTo: NOWHERE },
    ...{ headers, headersWhenLed: ofWorker() },
  })
  return [
    { ...without('/'), leadsTo: () => '/staff/' },
    ...files,
    ...slashlessOf(files),
    ...OF_THE_SITE.map(without),
  ]
}

/** Returns the staff app's files, then the site's files. */
export function manifestFiles(manifest: SiteManifest): [ofStaff: Expected[], ofSite: Expected[]] {
  const rules = rulesOf(manifest.headers)
  const files = Object.keys(manifest.files).map((file): Expected => ({
    ...{ address: addressOf(file.slice(1)), status: 200, file, leadsTo: NOWHERE },
    ...{ headers: headersOfFile(manifest, rules, file), headersWhenLed: ofWorker() },
  }))
  const isOfStaff = ({ address }: Expected): boolean => isStaffPath(address)
  return [files.filter(isOfStaff), files.filter((each) => !isOfStaff(each))]
}

const slashlessOf = (files: Expected[]): Expected[] =>
  files
    .filter(({ address }) => address !== '/' && address.endsWith('/'))
    .map((each) => ({ ...each, address: each.address.slice(0, -1), leadsTo: () => each.address }))

/**
 * The worker redirects a client from `/` to its preferred language, and caches do not store that
 * response.
 */
const choosing = (home: Expected): Expected => ({
  ...home,
  headers: new Map([...home.headers, ['cache-control', NO_STORE]]),
  leadsTo: ({ lang }) => (lang === null ? null : `/${lang}/`),
})
