// Checks that each page's policy lists every script, and compares the page's headers with the
// headers in a given build. `npm run watch` compares the pages with the signed site manifest.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '#content/languages.ts'
import { addressOf } from '#site/integrations/page-headers.ts'
import { pageHashes } from '#site/integrations/page-hashes.ts'
import { askHost, type HostResponse, type Host } from '#scripts/shared/ask-host'
import { byHand, judge, judgeOf, messageOf, type HostFinding } from '#scripts/verify-host/finding'
import { PAGE_TYPE } from '#scripts/manifest/content-types'
import { headerFaults, signedHeaders } from '#scripts/shared/header-faults'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import { filesUnder } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

const LIFELINES = languages.flatMap((lang) =>
  ['tell', 'tell/sent', 'answer', 'help', 'send', 'print'].map((page) => `/${lang}/${page}/`),
)

interface Page {
  address: string
  answer: HostResponse
}

export async function checkPages(host: Host): Promise<HostFinding[]> {
  const addresses = host.dist === undefined ? LIFELINES : builtAddresses(host.dist)
  const pages: Page[] = []
  const silent: string[] = []
  // The check fetches one page after another, because the host is live.
  for (const address of addresses)
    try {
      pages.push({ address, answer: await askHost(host, address) })
    } catch (error) {
      silent.push(`${address}: ${messageOf(error)}`)
    }
  return [
    judge('all pages are there', [
      ...silent,
      ...pages
        .filter(({ answer }) => answer.status !== 200)
        .map(({ address, answer }) => `${address} answers ${answer.status}`),
    ]),
    judgeOf('no script but those that the policy of their page names', pages, scriptFaults),
    host.dist === undefined
      ? byHand('_headers of the build is in force', 'give the folder of the build as well')
      : judgeOf('_headers of the build is in force', pages, ruleFaultsOf(host.dist)),
  ]
}

/**
 * Returns the addresses of a build's pages, without the staff app and the editor, which load files.
 */
function builtAddresses(dist: string): string[] {
  if (!existsSync(join(dist, '_headers')))
    throw new Stop(`${dist} is no build of this site: it has no _headers.`)
  return (
    filesUnder(dist)
      .filter((file) => file.endsWith('.html') && !/^(staff|edit)\//.test(file))
      // Only the worker fetches these pages: for missing addresses, and for `/`.
      .filter((file) => !file.includes('404') && file !== 'index.html')
      .map(addressOf)
  )
}

function scriptFaults({ address, answer }: Page): string[] {
  const policy = String(answer.headers['content-security-policy'] ?? '')
  const allowed = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? []
  try {
    const { scripts, hasExternalScript } = pageHashes(answer.body)
    const unknown = scripts.filter((hash) => !allowed.includes(hash))
    return [
      ...(hasExternalScript ? [`${address} loads a script`] : []),
      ...unknown.map((hash) => `${address} has the script ${hash}`),
    ]
  } catch (error) {
    return [`${address}: ${messageOf(error)}`]
  }
}

/** Compares every header of a page, including its type, with the build's `_headers`. */
function ruleFaultsOf(dist: string): (page: Page) => string[] {
  const rules = rulesOf(readFileSync(join(dist, '_headers'), 'utf8'))
  return ({ address, answer }) =>
    headerFaults(
      signedHeaders([['Content-Type', PAGE_TYPE], ...headersAt(rules, address)]),
      answer.headers,
    ).map((fault) => `${address} ${fault}`)
}
