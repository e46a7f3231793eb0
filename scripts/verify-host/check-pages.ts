// Compares the host's pages with the build. Without a build the code checks that the policy of each
// page lists every script.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '#content/languages.ts'
import { addressOf } from '#site/integrations/headers.ts'
import { pageHashes } from '#site/integrations/page-hashes.ts'
import { askHost, type HostResponse, type Host } from '#scripts/verify-host/ask-host'
import { byHand, judge, judgeOf, messageOf, type HostFinding } from '#scripts/verify-host/finding'
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
  const built = host.dist === undefined ? null : builtPages(host.dist)
  const addresses = built ? [...built.keys()] : LIFELINES
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
    ...(host.dist !== undefined && built
      ? [
          judgeOf('every page is the one that was built', pages, differenceFrom(built)),
          judgeOf('_headers of the build is in force', pages, ruleFaultsOf(host.dist)),
        ]
      : [byHand('every page is the one that was built', 'give the folder of the build as well')]),
  ]
}

/** Returns the HTML of a build by address, without staff and editor, which load files. */
function builtPages(dist: string): Map<string, string> {
  if (!existsSync(join(dist, '_headers')))
    throw new Stop(`${dist} is no build of this site: it has no _headers.`)
  return new Map(
    filesUnder(dist)
      .filter((file) => file.endsWith('.html') && !/^(staff|edit)\//.test(file))
      // Only the worker asks for the page of missing addresses.
      .filter((file) => !file.includes('404') && file !== 'index.html')
      .map((file) => [addressOf(file), readFileSync(join(dist, file), 'utf8')]),
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

const differenceFrom =
  (built: ReadonlyMap<string, string>) =>
  ({ address, answer: { body } }: Page): string[] => {
    const expected = built.get(address) ?? ''
    if (body === expected) return []
    let at = 0
    while (at < body.length && body[at] === expected[at]) at++
    return [`${address} differs from place ${at} on (${JSON.stringify(body.slice(at, at + 40))})`]
  }

function ruleFaultsOf(dist: string): (page: Page) => string[] {
  const rules = rulesOf(readFileSync(join(dist, '_headers'), 'utf8'))
  return ({ address, answer }) =>
    Object.entries(ruleFor(rules, address) ?? { 'a rule of its own': '' })
      .filter(([name, value]) => answer.headers[name.toLowerCase()] !== value)
      .map(([name]) => `${address}: ${name}`)
}

/** Pages with the same headers in every language share a rule: `/:lang/about/`. */
const ruleFor = <T>(rules: ReadonlyMap<string, T>, address: string): T | undefined =>
  rules.get(address) ?? rules.get(address.replace(/^\/[a-z]{2}\/(?=.)/, '/:lang/'))

/** Reads the `_headers` of our build: each address once, with the headers that it sets itself. */
export function rulesOf(text: string): Map<string, Record<string, string>> {
  const rules = new Map<string, Record<string, string>>()
  for (const block of text.split('\n\n')) {
    const [address = '', ...lines] = block.trim().split('\n')
    const headers = lines
      .map((line) => /^\s*([\w-]+): (.*)$/.exec(line))
      .flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : []))
    rules.set(address, Object.fromEntries(headers))
  }
  return rules
}
