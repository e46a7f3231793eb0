// Checks the hosts of a deployment from outside. Compares every file with the signed build, and
// checks the keys against the pinned root. Also lists zone settings that break a rule.
import { setTimeout as wait } from 'node:timers/promises'
import type { Deployment } from '#scripts/account/deployment'
import { askHost, type Host } from '#scripts/shared/ask-host'
import { verifyHost } from '#scripts/verify-host'
import type { FindCaa } from '#scripts/verify-host/check-names'
import type { HostFinding } from '#scripts/verify-host/finding'
import { readPublished, watchHosts } from '#scripts/watch'

/** Cloudflare creates the DNS record and the certificate for a new host within minutes. */
const LONGEST_MS = 180_000
const PAUSE_MS = 5_000
const HTTP_PORT = 80

export interface Looked {
  /** one sentence for each difference from the signed build */
  faults: string[]
  /** one line for each rule that a host breaks, nearly always because of a zone setting */
  settings: string[]
  /** one sentence when the host has newer keys, which are then stored in public.json */
  newKeys: string[]
}

const hostAt = (origin: string, isOfStaff = false): Host => ({
  ...{ origin, isOfStaff, httpPort: HTTP_PORT },
})

export const siteOf = ({ site }: Deployment): Host => hostAt(site)

/** Returns the site, its other hosts and the staff host. */
export const hostsOfDeployment = ({ site, apiHosts, staffHost }: Deployment): Host[] => [
  ...[site, ...apiHosts].map((origin) => hostAt(origin)),
  hostAt(`https://${staffHost}`, true),
]

/** The settings of a check, which only a test changes. */
export interface LookSettings {
  /** the maximum time to wait for all hosts to answer, in milliseconds */
  longestMs?: number
  /** looks up the CAA records of a host; uses the system's resolver by default */
  findCaa?: FindCaa
}

/**
 * @param build  the folder with the signed site manifest
 * @param org    the path of public.json
 */
export async function lookOutside(
  hosts: readonly Host[],
  { build, org }: { build: string; org: string },
  { longestMs = LONGEST_MS, findCaa }: LookSettings = {},
): Promise<Looked> {
  const until = Date.now() + longestMs
  for (const host of hosts)
    if (!(await answersBefore(host, until)))
      return { faults: [`${host.origin} gives no answer.`], settings: [], newKeys: [] }
  const published = await readPublished({ build, keys: org }, Date.now())
  const watched = await watchHosts({ hosts: [...hosts], keys: org }, published, Date.now())
  const settings: string[] = []
  for (const host of hosts)
    settings.push(...brokenRules(host, await verifyHost(host, Date.now(), findCaa)))
  return { ...watched, settings }
}

/** Waits until a host answers. @returns false when no answer arrives in time */
async function answersBefore(host: Host, until: number): Promise<boolean> {
  for (;;) {
    const answer = await askHost(host, '/api/health').catch(() => null)
    if (answer !== null) return true
    if (Date.now() + PAUSE_MS > until) return false
    await wait(PAUSE_MS)
  }
}

const brokenRules = ({ origin }: Host, found: readonly HostFinding[]): string[] =>
  found
    .filter(({ state }) => state === 'FAILED')
    .map(({ rule, why }) => `${origin}: ${rule}: ${why}`)
