// Lists the addresses that a host must answer, and the answer that each client must get.
import { languages } from '#content/languages.ts'
import { policyAt, type SiteManifest } from '#scripts/manifest/webcat'
import type { FetchClient } from '#scripts/watch/clients'
import { addressOf } from '#site/integrations/headers.ts'

export interface Expected {
  address: string
  status: number
  /** the path of the file whose bytes the answer has */
  file: string
  policy: string
  /** returns the address to which a client is led, or null when the client gets the file */
  leadsTo: (client: FetchClient) => string | null
}

const NOWHERE = () => null

/**
 * Returns the answers of a host with these files: each file, and the page of missing addresses.
 * An address of a page without the slash leads to the page.
 */
export function expectedOf(manifest: SiteManifest): Expected[] {
  const expect = (file: string, address: string): Expected => ({
    address,
    status: 200,
    file,
    policy: policyAt(manifest, address),
    leadsTo: NOWHERE,
  })
  const files = Object.keys(manifest.files).map((file) => expect(file, addressOf(file.slice(1))))
  const slashless = files
    .filter(({ address }) => address !== '/' && address.endsWith('/'))
    .map((each) => ({ ...each, address: each.address.slice(0, -1), leadsTo: () => each.address }))
  const missing = [
    { ...expect(manifest.default_fallback, '/404'), address: '/nothing' },
    ...languages.map((lang) => ({
      ...expect(`/${lang}/404/index.html`, `/${lang}/404/`),
      address: `/${lang}/nothing`,
    })),
  ].map((each) => ({ ...each, status: 404 }))
  return [
    ...files.map((each) => (each.address === '/' ? { ...each, leadsTo: ownLanguage } : each)),
    ...slashless,
    ...missing,
  ]
}

/** The worker leads a client from `/` to the language that it prefers. */
const ownLanguage = ({ lang }: FetchClient): string | null => (lang === null ? null : `/${lang}/`)
