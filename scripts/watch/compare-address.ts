// Compares the answers at one address, one for each client, with the signed site manifest.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import { askHost, type Host, type HostResponse } from '#scripts/shared/ask-host'
import { messageOf } from '#scripts/verify-host/finding'
import { FETCH_CLIENTS, type FetchClient } from '#scripts/watch/clients'
import type { Expected } from '#scripts/watch/expected'
import { firstDifference } from '#scripts/watch/first-difference'

/** A fault at an address, as one client sees it. */
export interface Fault {
  address: string
  /** the end of a sentence that begins with the address */
  what: string
  client: FetchClient
}

interface Came {
  client: FetchClient
  answer: HostResponse
}

/** Headers by which a host can lead a browser on or add a resource, which the site never sends. */
const NEVER_SENT = ['refresh', 'link']
const REDIRECTS = [301, 302, 307, 308]

/** Asks for an address as every client. */
export async function askAsEveryClient(
  host: Host,
  address: string,
): Promise<{ came: Came[]; faults: Fault[] }> {
  const came: Came[] = []
  const faults: Fault[] = []
  for (const client of FETCH_CLIENTS)
    try {
      came.push({ client, answer: await askHost(host, address, { as: client.headers }) })
    } catch (error) {
      faults.push({ address, client, what: `gives no answer: ${messageOf(error)}` })
    }
  return { came, faults }
}

/** @param build  a folder with the published files, as far as somebody has them */
export async function addressFaults(
  host: Host,
  expected: Expected,
  manifest: SiteManifest,
  build: string,
): Promise<Fault[]> {
  const { address, file } = expected
  const { came, faults } = await askAsEveryClient(host, address)
  const hash = file === null ? null : (manifest.files[file] ?? '')
  const bytes = hash === null ? null : publishedBytes(came, hash, join(build, file ?? ''))
  return [
    ...faults,
    ...came.flatMap(({ client, answer }) =>
      answerFaults(expected, client, answer, { hash, bytes }).map((what) => ({
        address,
        what,
        client,
      })),
    ),
  ]
}

/** Finds the published bytes, by their signed hash, in the build or in an answer. */
function publishedBytes(came: Came[], hash: string, path: string): Buffer | null {
  const built = existsSync(path) ? [readFileSync(path)] : []
  const copies = [...built, ...came.map(({ answer }) => answer.bytes)]
  return copies.find((bytes) => hashOfFile(bytes) === hash) ?? null
}

function answerFaults(
  { status, policy, leadsTo }: Expected,
  client: FetchClient,
  { status: found, headers, bytes }: HostResponse,
  published: { hash: string | null; bytes: Buffer | null },
): string[] {
  const added = NEVER_SENT.filter((name) => headers[name] !== undefined).map(
    (name) => `has a header ${name}: ${String(headers[name])}`,
  )
  const target = leadsTo(client)
  if (target !== null) {
    const led = REDIRECTS.includes(found) && headers.location === target
    const where = headers.location === undefined ? '' : ` ${headers.location}`
    return led ? added : [...added, `does not lead to ${target}: it answers ${found}${where}`]
  }
  if (found !== status) return [...added, `answers ${found} in place of ${status}`]
  return [
    ...added,
    ...bodyFaults(bytes, published),
    ...policyFaults(headers['content-security-policy'], policy),
  ]
}

function bodyFaults(
  found: Buffer,
  { hash, bytes }: { hash: string | null; bytes: Buffer | null },
): string[] {
  if (hash === null || hashOfFile(found) === hash) return []
  if (bytes !== null) return [`is not what was published: ${firstDifference(found, bytes)}`]
  return [
    'is not what was published. No client got the published bytes, so no byte can be named ' +
      'without the folder of the build',
  ]
}

function policyFaults(found: string | string[] | undefined, policy: string): string[] {
  if (found === undefined) return ['has no policy']
  const text = String(found)
  if (text === policy) return []
  return [
    'has another policy than was published: ' +
      firstDifference(Buffer.from(text), Buffer.from(policy)),
  ]
}
