// Requests everything that a host's site manifest lists, with browsers and with scripted clients.
// Returns a sentence for each fault.
import { Agent } from 'node:https'
import { join } from 'node:path'
import type { SignedSite } from '#scripts/manifest/read-site-manifest'
import { SIGNATURE_FILE, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { headersOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import type { Host } from '#scripts/shared/ask-host'
import { firstDifference } from '#scripts/shared/first-difference'
import { headerFaults } from '#scripts/shared/header-faults'
import { rulesOf } from '#scripts/shared/header-rules'
import { inParallel } from '#scripts/shared/in-parallel'
import type { Fault } from '#scripts/watch/answer-faults'
import { checkKeys } from '#scripts/watch/check-keys'
import { addressFaults, askAsEveryClient } from '#scripts/watch/compare-address'
import { expectedOfSite, expectedOfStaffHost, type Expected } from '#scripts/watch/expected'
import { readHost } from '#scripts/watch/readers/read-pages'
import type { Reader } from '#scripts/watch/readers/reader'
import { sentencesOf, type SeenAnswer } from '#scripts/watch/sentences'
import type { PublicOrganisation } from '#site/integrations/organisation.ts'

/** The number of addresses requested in parallel: few, because the host is live. */
const AT_A_TIME = 4

/** The verified files and keys that the organisation has published. */
export interface Published {
  organisation: PublicOrganisation
  manifest: SiteManifest
  signed: SignedSite
  /** a folder on this machine that contains some or all of the published files */
  build: string
}

export interface Watched {
  /** one sentence for each fault */
  sentences: string[]
  /** the organisation, with newer keys if the host serves such keys under the pinned root */
  organisation: PublicOrganisation
}

/** @param readers  this machine's browsers */
export async function watchHost(
  host: Host,
  published: Published,
  nowMs: number,
  readers: readonly Reader[] = [],
): Promise<Watched> {
  const { organisation } = published
  const agent = new Agent({ keepAlive: true })
  try {
    // A host that does not respond is reported in this one sentence, not once for each address.
    const { came } = await askAsEveryClient(host, '/')
    if (came.length === 0) return { sentences: [`${host.origin} gives no answer.`], organisation }
    const faults: Fault[] = []
    const seen: SeenAnswer[] = []
    // Browsers come first, because the large number of script requests reveals the watch to the
    // host.
    for (const reader of readers) {
      const visits = await readHost(reader, host, published.manifest, published.build)
      faults.push(...visits.faults)
      seen.push(...visits.seen)
    }
    const scripts = await lookAsScripts({ ...host, agent }, published, nowMs)
    faults.push(...scripts.faults)
    const sentences = sentencesOf(host.origin, faults, seen)
    return { sentences, organisation: scripts.organisation }
  } finally {
    agent.destroy()
  }
}

async function lookAsScripts(
  host: Host,
  { organisation, manifest, signed, build }: Published,
  nowMs: number,
): Promise<{ faults: Fault[]; organisation: PublicOrganisation }> {
  const faults: Fault[] = []
  const compare = async (expected: Expected): Promise<void> => {
    faults.push(...(await addressFaults(host, expected, manifest, build)))
  }
  // The keys and the signed files are part of the site.
  if (host.isOfStaff) {
    await inParallel(AT_A_TIME, expectedOfStaffHost(manifest), compare)
    return { faults, organisation }
  }
  faults.push(...(await manifestFaults(host, manifest, signed)))
  const keys = await checkKeys(host, organisation, nowMs)
  faults.push(...keys.faults)
  await inParallel(AT_A_TIME, expectedOfSite(manifest), compare)
  return { faults, organisation: keys.organisation }
}

async function manifestFaults(
  host: Host,
  manifest: SiteManifest,
  signed: SignedSite,
): Promise<Fault[]> {
  const files = [
    { file: SITE_MANIFEST_FILE, published: Buffer.from(signed.manifest) },
    { file: SIGNATURE_FILE, published: Buffer.from(signed.signature) },
  ]
  const faults: Fault[] = []
  for (const { file, published } of files) {
    const address = join('/', file)
    const { came, faults: silent } = await askAsEveryClient(host, address)
    faults.push(...silent)
    const headers = headersOfFile(manifest, rulesOf(manifest.headers), address)
    for (const { client, answer } of came) {
      const what: string[] = []
      if (answer.status !== 200) what.push(`answers ${answer.status} in place of 200`)
      else {
        if (!answer.bytes.equals(published))
          what.push(`is not the published one: ${firstDifference(answer.bytes, published)}`)
        what.push(...headerFaults(headers, answer.headers))
      }
      faults.push(...what.map((each) => ({ address, visitor: client, what: each })))
    }
  }
  return faults
}
