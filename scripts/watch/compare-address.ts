// Compares the responses at one address, one for each scripted client, with the signed site
// manifest.
import type { SiteManifest } from '#scripts/manifest/webcat'
import { askHost, type Host, type HostResponse } from '#scripts/shared/ask-host'
import { messageOf } from '#scripts/verify-host/finding'
import { answerFaults, publishedFile, type Fault } from '#scripts/watch/answer-faults'
import { drawOneIn, drawQuery, drawReferer } from '#scripts/watch/arrivals'
import { FETCH_CLIENTS, type FetchClient } from '#scripts/watch/clients'
import type { Expected } from '#scripts/watch/expected'

interface Came {
  client: FetchClient
  answer: HostResponse
}

/** A third of the requests have a query, and a third have a referer. */
const SOME = 3

/**
 * Requests an address once for each client, with the client's headers.
 *
 * @param isPage  true for a page, which visitors also reach with a query or from another site
 */
export async function askAsEveryClient(
  host: Host,
  address: string,
  isPage = false,
): Promise<{ came: Came[]; faults: Fault[] }> {
  const came: Came[] = []
  const faults: Fault[] = []
  for (const client of FETCH_CLIENTS)
    try {
      const query = isPage && drawOneIn(SOME) ? drawQuery() : ''
      const referer = isPage && drawOneIn(SOME) ? { Referer: drawReferer() } : {}
      const as = { ...client.headers, ...referer }
      came.push({ client, answer: await askHost(host, address + query, { as }) })
    } catch (error) {
      faults.push({ address, visitor: client, what: `gives no answer: ${messageOf(error)}` })
    }
  return { came, faults }
}

/** @param build  a folder on this machine that contains some or all of the published files */
export async function addressFaults(
  host: Host,
  expected: Expected,
  manifest: SiteManifest,
  build: string,
): Promise<Fault[]> {
  const { address, file, leadsTo } = expected
  const isPage = address !== '/' && address.endsWith('/') && file !== null
  const { came, faults } = await askAsEveryClient(host, address, isPage)
  const copies = came.map(({ answer }) => answer.bytes)
  const published = publishedFile(expected, manifest, build, copies)
  return [
    ...faults,
    ...came.flatMap(({ client, answer }) =>
      answerFaults(expected, leadsTo(client), answer, published).map((what) => ({
        address,
        what,
        visitor: client,
      })),
    ),
  ]
}
