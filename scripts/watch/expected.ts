// Lists the addresses that a host must answer, and the answer that each client must get.
import { languages } from '#content/languages.ts'
import { API_POLICY } from '#protocol/security-headers'
import { policyAt, type SiteManifest } from '#scripts/manifest/webcat'
import type { FetchClient } from '#scripts/watch/clients'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { addressOf } from '#site/integrations/page-headers.ts'
import { isStaffPath } from '#worker/staff-addresses'

export interface Expected {
  address: string
  status: number
  /** the path of the file whose bytes the answer has; null when the answer has no file */
  file: string | null
  policy: string
  /** returns the address to which a client is led, or null when the client gets the file */
  leadsTo: (client: FetchClient) => string | null
}

const NOWHERE = () => null

/**
 * Returns the answers of a host of the site: its files, and the page of missing addresses. The
 * staff app is missing there. An address of a page without the slash leads to the page.
 */
export function expectedOfSite(manifest: SiteManifest): Expected[] {
  const [ofStaff, files] = filesOf(manifest)
  const [script] = ofStaff.filter(({ address }) => address.endsWith('.js'))
  const fallback = expect(manifest, manifest.default_fallback, '/404')
  const hidden = ['/staff/', '/staff', ...(script ? [script.address] : [])]
  const missing = [
    ...['/nothing', ...hidden].map((address) => ({ ...fallback, address })),
    ...languages.map((lang) => ({
      ...expect(manifest, `/${lang}/404/index.html`, `/${lang}/404/`),
      address: `/${lang}/nothing`,
    })),
  ].map((each) => ({ ...each, status: 404 }))
  return [
    ...files.map((each) => (each.address === '/' ? { ...each, leadsTo: ownLanguage } : each)),
    ...slashlessOf(files),
    ...missing,
  ]
}

/** A few addresses of the site, because each request to the staff host runs the worker. */
const OF_THE_SITE = [
  ...[pathOf(defaultLanguage, ''), pathOf(defaultLanguage, 'tell')],
  ...['/exit', '/robots.txt', '/nothing', '/api/keys'],
]

/** Returns the answers of the staff host: the files of the staff app, and nothing of the site. */
export function expectedOfStaffHost(manifest: SiteManifest): Expected[] {
  const [files] = filesOf(manifest)
  const without = (address: string): Expected => ({
    ...{ address, status: 404, file: null, policy: API_POLICY, leadsTo: NOWHERE },
  })
  return [
    { ...without('/'), leadsTo: () => '/staff/' },
    ...files,
    ...slashlessOf(files),
    ...OF_THE_SITE.map(without),
  ]
}

function expect(manifest: SiteManifest, file: string, address: string): Expected {
  return { address, status: 200, file, policy: policyAt(manifest, address), leadsTo: NOWHERE }
}

/** Returns the files of the staff app, then those of the site. */
function filesOf(manifest: SiteManifest): [ofStaff: Expected[], ofSite: Expected[]] {
  const files = Object.keys(manifest.files).map((file) =>
    expect(manifest, file, addressOf(file.slice(1))),
  )
  const isOfStaff = ({ address }: Expected): boolean => isStaffPath(address)
  return [files.filter(isOfStaff), files.filter((each) => !isOfStaff(each))]
}

const slashlessOf = (files: Expected[]): Expected[] =>
  files
    .filter(({ address }) => address !== '/' && address.endsWith('/'))
    .map((each) => ({ ...each, address: each.address.slice(0, -1), leadsTo: () => each.address }))

/** The worker leads a client from `/` to the language that it prefers. */
const ownLanguage = ({ lang }: FetchClient): string | null => (lang === null ? null : `/${lang}/`)
