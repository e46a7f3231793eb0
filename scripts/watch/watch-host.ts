// Asks a host for everything that its site manifest lists, as every client, and returns a sentence
// for each fault.
import { Agent } from 'node:https'
import { join } from 'node:path'
import type { SignedSite } from '#scripts/manifest/read-site-manifest'
import { SIGNATURE_FILE, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import type { SiteManifest } from '#scripts/manifest/webcat'
import type { Host } from '#scripts/shared/ask-host'
import { inParallel } from '#scripts/shared/in-parallel'
import { FETCH_CLIENTS } from '#scripts/watch/clients'
import { keyFaults } from '#scripts/watch/check-keys'
import { addressFaults, askAsEveryClient, type Fault } from '#scripts/watch/compare-address'
import { expectedOfSite, expectedOfStaffHost, type Expected } from '#scripts/watch/expected'
import { firstDifference } from '#scripts/watch/first-difference'
import type { PublicOrganisation } from '#site/integrations/organisation.ts'

/** The number of addresses that are asked at a time: few, because the host is live. */
const AT_A_TIME = 4

/** The verified files and keys that the organisation has published. */
export interface Published {
  organisation: PublicOrganisation
  manifest: SiteManifest
  signed: SignedSite
  /** a folder with the published files, as far as somebody has them */
  build: string
}

/** @returns one sentence for each fault */
export async function watchHost(
  host: Host,
  published: Published,
  nowMs: number,
): Promise<string[]> {
  const agent = new Agent({ keepAlive: true })
  try {
    return await faultsOfHost({ ...host, agent }, published, nowMs)
  } finally {
    agent.destroy()
  }
}

async function faultsOfHost(
  host: Host,
  { organisation, manifest, signed, build }: Published,
  nowMs: number,
): Promise<string[]> {
  // A host that is silent gives this sentence only, and not one for each address.
  const { came } = await askAsEveryClient(host, '/')
  if (came.length === 0) return [`${host.origin} gives no answer.`]
  const faults: Fault[] = []
  const compare = async (expected: Expected): Promise<void> => {
    faults.push(...(await addressFaults(host, expected, manifest, build)))
  }
  // The keys and the signed files are part of the site.
  if (host.isOfStaff) await inParallel(AT_A_TIME, expectedOfStaffHost(manifest), compare)
  else {
    faults.push(...(await manifestFaults(host, signed)))
    faults.push(...(await keyFaults(host, organisation, nowMs)))
    await inParallel(AT_A_TIME, expectedOfSite(manifest), compare)
  }
  return sentencesOf(host, faults)
}

async function manifestFaults(host: Host, signed: SignedSite): Promise<Fault[]> {
  const files = [
    { file: SITE_MANIFEST_FILE, published: Buffer.from(signed.manifest) },
    { file: SIGNATURE_FILE, published: Buffer.from(signed.signature) },
  ]
  const faults: Fault[] = []
  for (const { file, published } of files) {
    const address = join('/', file)
    const { came, faults: silent } = await askAsEveryClient(host, address)
    faults.push(...silent)
    for (const { client, answer } of came)
      if (answer.status !== 200 || !answer.bytes.equals(published))
        faults.push({
          ...{ address, client },
          what:
            answer.status === 200
              ? `is not the published one: ${firstDifference(answer.bytes, published)}`
              : `answers ${answer.status} in place of 200`,
        })
  }
  return faults
}

/** Joins the same fault of several clients into one sentence. */
function sentencesOf({ origin }: Host, faults: readonly Fault[]): string[] {
  const clients = new Map<string, string[]>()
  for (const { address, what, client } of faults) {
    const beginning = `${origin}${address} ${what}`
    clients.set(beginning, [...(clients.get(beginning) ?? []), client.name])
  }
  return [...clients]
    .map(([beginning, names]) => {
      const isForAll = names.length === FETCH_CLIENTS.length
      return `${beginning} (for ${isForAll ? 'every client' : names.join(', ')}).`
    })
    .sort()
}
