// Makes the headers of one page of a build.
import { NO_STORE, RECORDING_PERMISSIONS, SCANNING_PERMISSIONS } from '#protocol/security-headers'
import type { PageEntry } from '../page-entry.ts'
import { pageEntryOf } from '../pages.ts'
import { pageHashes } from './page-hashes.ts'
import { checkPolicy, policyOf, staffHeaders, type Headers } from './policies.ts'

/** The Cache-Control of files that can change with each build. */
export const SHORT = 'public, max-age=300'
const PERMISSIONS = { microphone: RECORDING_PERMISSIONS, camera: SCANNING_PERMISSIONS }

/**
 * Returns the address of a file: `ky/tell/index.html` is served at `/ky/tell/`, `404.html` at
 * `/404`.
 */
export const addressOf = (file: string): string =>
  `/${file
    .replace(/\\/g, '/')
    .replace(/(^|\/)index\.html$/, '$1')
    .replace(/\.html$/, '')}`

/**
 * Returns the name of a page in the table of pages: `/ky/tell/` is `tell`. Returns null outside the
 * language folders.
 */
export function pageAt(address: string): string | null {
  const found = /^\/[a-z]{2}\/(?:(?<name>.*)\/)?$/.exec(address)
  return found && (found.groups?.['name'] ?? '')
}

/**
 * Returns the headers of one page. `html` must be the page exactly as it is served, byte for byte.
 * The policy of a page with tools is in the rule of its language.
 */
export function headersOf(address: string, html: string): Headers {
  const hashes = pageHashes(html)
  if (address.startsWith('/staff/')) return staffHeaders(hashes)
  if (hashes.hasExternalScript)
    throw new Error('a script of its own: a public page is one response')
  const name = address === '/404' ? '404' : pageAt(address)
  const page: Partial<PageEntry> | null = name === null ? {} : pageEntryOf(name)
  if (page === null) throw new Error('the page is not in site/pages.ts')
  const isHidden = page.showsVisit || page.isLinked === false
  return {
    ...(!page.lifeline?.usesTools && {
      'Content-Security-Policy': name === 'check' ? checkPolicy(hashes) : policyOf(page, hashes),
    }),
    'Cache-Control': page.showsVisit ? NO_STORE : SHORT,
    ...(isHidden && { 'X-Robots-Tag': 'noindex' }),
    ...(page.needs && { 'Permissions-Policy': PERMISSIONS[page.needs] }),
  }
}

/** Returns true when the page at an address can fetch and run tools. */
export function usesTools(address: string): boolean {
  const name = pageAt(address)
  return name !== null && (pageEntryOf(name)?.lifeline?.usesTools ?? false)
}
