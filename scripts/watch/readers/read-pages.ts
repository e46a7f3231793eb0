// Makes a reader visit a host's lifeline pages or staff app in every way that WAYS lists, in random
// order. Compares the responses with the signed site manifest.
import { languages } from '#content/languages.ts'
import type { SiteManifest } from '#scripts/manifest/webcat'
import type { Host } from '#scripts/shared/ask-host'
import { messageOf } from '#scripts/verify-host/finding'
import { answerFaults, publishedFile, type Fault, type Visitor } from '#scripts/watch/answer-faults'
import { drawOneIn, drawOrder, drawQuery, drawReferer } from '#scripts/watch/arrivals'
import { manifestFiles, type Expected } from '#scripts/watch/expected'
import type { Reader, Received } from '#scripts/watch/readers/reader'
import type { SeenAnswer } from '#scripts/watch/sentences'
import { pathOf } from '#site/i18n/paths.ts'
import { pageAt } from '#site/integrations/page-headers.ts'
import { pageEntryOf } from '#site/pages.ts'

/** The ways to open a page, worded so that each can follow a reader's name in a sentence. */
export const WAYS = {
  typed: 'by its address',
  again: 'on a second visit',
  query: 'with a query',
  other: 'from another site',
  home: 'from the first page',
} as const
type Way = keyof typeof WAYS
/** The way in which a page fetches a script. */
const AS_A_SCRIPT = 'as a script'

export interface Visits {
  faults: Fault[]
  seen: SeenAnswer[]
}

const NONE = Buffer.alloc(0)
const isPage = ({ file }: Expected): boolean => file?.endsWith('.html') === true
const isScript = ({ file }: Expected): boolean => /\.m?js$/.test(file ?? '')

/** Returns true for a page that a person in danger reads, or that leads to such a page. */
function isRead({ address }: Expected): boolean {
  const name = pageAt(address)
  return name === '' || (name !== null && pageEntryOf(name)?.lifeline !== undefined)
}

/** Returns the pages and scripts that a reader compares on a host. */
function readablesOf(host: Host, manifest: SiteManifest): Expected[] {
  const [ofStaff, ofSite] = manifestFiles(manifest)
  return host.isOfStaff === true
    ? ofStaff.filter((each) => isPage(each) || isScript(each))
    : ofSite.filter((each) => isPage(each) && isRead(each))
}

/** @param build  a folder on this machine that contains some or all of the published files */
export async function readHost(
  reader: Reader,
  host: Host,
  manifest: SiteManifest,
  build: string,
): Promise<Visits> {
  const readables = readablesOf(host, manifest)
  const byAddress = new Map(readables.map((each) => [each.address, each]))
  const visits: Visits = { faults: [], seen: [] }
  const visitorOf = (way: string): Visitor => ({
    name: `${reader.name} ${way}`,
    reader: reader.name,
  })
  const compare = (received: Received, way: string): string | null => {
    const { origin, pathname } = new URL(received.url)
    const expected = byAddress.get(pathname)
    if (origin !== host.origin || expected === undefined) return null
    const visitor = visitorOf(way)
    visits.seen.push({ address: pathname, visitor })
    const { status, headers, bytes } = received
    const published = publishedFile(expected, manifest, build)
    const faults =
      bytes === null && status === 200
        ? ['gives no bytes']
        : answerFaults(expected, null, { status, headers, bytes: bytes ?? NONE }, published)
    visits.faults.push(...faults.map((what) => ({ address: pathname, what, visitor })))
    return pathname
  }
  const visit = async (address: string, way: string, act: () => Promise<void>): Promise<void> => {
    const failure = await act().then(
      () => null,
      (error: unknown) => messageOf(error),
    )
    const came = await reader.take()
    const compared = came.map((each) => compare(each, way))
    const visitor = visitorOf(way)
    if (failure !== null)
      visits.faults.push({ address, visitor, what: `gives no page: ${failure}` })
    else if (!compared.includes(address))
      visits.faults.push({ address, visitor, what: 'gives no page over the network' })
  }
  for (const page of drawOrder(readables.filter(isPage)))
    for (const { way, query, act } of planVisits(reader, host, page))
      await visit(page.address, WAYS[way], () => act(`${host.origin}${page.address}${query}`))
  const scripts = drawOrder(readables.filter(isScript).map(({ address }) => address))
  if (scripts.length > 0) {
    await reader.preload(scripts)
    for (const each of await reader.take()) compare(each, AS_A_SCRIPT)
    const visitor = visitorOf(AS_A_SCRIPT)
    const seen = new Set(visits.seen.map(({ address }) => address))
    for (const address of scripts.filter((each) => !seen.has(each)))
      visits.faults.push({ address, visitor, what: 'gives no script over the network' })
  }
  return visits
}

interface Visit {
  way: Way
  /** a query with its question mark, or '' */
  query: string
  act: (url: string) => Promise<void>
}

/**
 * Plans the visits to one page in random order. From the second visit on, a page that caches may
 * keep is visited with a query. Otherwise the browser would use its own copy.
 */
export function planVisits(reader: Reader, host: Host, { address, headers }: Expected): Visit[] {
  const isKept = headers.get('cache-control') !== 'no-store'
  const home = homeOf(host, address)
  const acts: Record<Exclude<Way, 'again'>, (url: string) => Promise<void>> = {
    typed: reader.open,
    query: reader.open,
    other: (url) => reader.arriveFrom(drawReferer(), url),
    home: async (url) => {
      await reader.open(host.origin + home)
      await reader.follow(url)
    },
  }
  const queries = new Set<string>()
  // Visits to other pages also open the home page, so the browser may already have a copy.
  let isFirst = address !== home
  return drawOrder(['typed', 'query', 'other', 'home'] as const).flatMap((way): Visit[] => {
    const isNew = way === 'query' || (isFirst ? false : isKept || drawOneIn(2))
    if (way !== 'query') isFirst = false
    const query = isNew ? drawAnother(queries) : ''
    const visit: Visit = { way, query, act: acts[way] }
    return way === 'typed' ? [visit, { way: 'again', query, act: () => reader.reload() }] : [visit]
  })
}

/** Randomly chooses a query that has not been used before. */
function drawAnother(drawn: Set<string>): string {
  let query = drawQuery()
  while (drawn.has(query)) query = drawQuery()
  drawn.add(query)
  return query
}

const homeOf = (host: Host, address: string): string => {
  if (host.isOfStaff === true) return '/staff/'
  return pathOf(languages.find((lang) => address.startsWith(`/${lang}/`)) ?? languages[0], '')
}
