// Makes the content security policy of each kind of page.
import { hasClips } from '#content/recordings.ts'
import { NO_STORE, pagePolicy } from '#protocol/security-headers'
import type { PageEntry } from '../page-entry.ts'
import { siblingHosts } from './hosts.ts'
import { hashOf, type PageHashes } from './page-hashes.ts'

export type Headers = Record<string, string>

const TURNSTILE = 'https://challenges.cloudflare.com'

/** Returns the headers of the staff app, which runs its own files and WebAssembly. */
export const staffHeaders = ({ scripts, styles }: PageHashes): Headers => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...scripts].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    "connect-src 'self'",
    'img-src data: blob:',
    // Recordings and videos that the app opened on this page.
    'media-src blob:',
    // The service worker for alerts and the PDF reader. Each has a Trusted Types policy, which
    // returns a fixed URL. The headers of the PDF reader's response forbid all of its requests.
    "worker-src 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types alerts pdf',
  ].join('; '),
  'Cache-Control': NO_STORE,
  'X-Robots-Tag': 'noindex',
})

/** Returns the policy of the `check` page, which allows Turnstile's script and frame. */
export const checkPolicy = ({ scripts, styles }: PageHashes): string =>
  [
    pagePolicy({ scripts: [...scripts, TURNSTILE], styles }).replace(
      "trusted-types 'none'",
      'trusted-types default',
    ),
    `frame-src ${TURNSTILE}`,
  ].join('; ')

/** Returns the policy of a public page without tools. */
export const policyOf = (
  { showsVisit }: Partial<PageEntry>,
  { scripts, styles }: PageHashes,
): string =>
  pagePolicy({
    ...{ scripts, styles, recordings: hasClips },
    ...(showsVisit && { hosts: siblingHosts }),
  })

/**
 * Returns the policy of the pages that can fetch and run `tools`. Each of these pages reveals a
 * visit.
 */
export const toolPolicy = ({
  tools,
  ...hashes
}: Pick<PageHashes, 'scripts' | 'styles'> & { tools: readonly string[] }): string =>
  pagePolicy({
    ...{ ...hashes, tools: tools.map(hashOf) },
    ...{ hosts: siblingHosts, recordings: hasClips },
  })
