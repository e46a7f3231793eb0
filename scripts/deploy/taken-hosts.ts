// Finds a deployment's hosts that another worker or a DNS record already uses.
import * as z from 'zod/mini'
import type { AskCloudflare } from '#scripts/account/cloudflare'
import type { Deployment } from '#scripts/account/deployment'
import { staffWorkerOf } from '#scripts/settings/wanted'
import { Stop } from '#scripts/shared/progress'

const Zone = z.object({ id: z.string(), name: z.string() })

/** A name that something else already uses. */
export interface Taken {
  /** the host or the worker, as `replaces` names it */
  name: string
  /** the current user of the name, as the end of a sentence */
  by: string
}

/** An account, and the deployment that is meant for it. */
export interface Asking {
  ask: AskCloudflare
  /** the id of the account */
  account: string
  deployment: Deployment
}

/** Finds hosts that another worker or a DNS record already uses. */
export async function takenHosts(asking: Asking): Promise<Taken[]> {
  const { site, apiHosts, staffHost, worker } = asking.deployment
  const hosts = [...new Set([site, ...apiHosts].map((address) => new URL(address).host))]
  const taken: Taken[] = []
  for (const host of hosts) taken.push(...(await takenHost(asking, host, worker)))
  return [...taken, ...(await takenHost(asking, staffHost, staffWorkerOf(worker)))]
}

const Domain = z.object({ hostname: z.string(), service: z.string() })
const DnsRecord = z.object({ type: z.string(), content: z.string() })
/** The types of records that a custom domain replaces. */
const OF_HOSTS = ['A', 'AAAA', 'CNAME']

async function takenHost({ ask, account }: Asking, host: string, worker: string): Promise<Taken[]> {
  const domains = await ask({
    path: `/accounts/${account}/workers/domains?hostname=${host}`,
    result: z.array(Domain),
    right: 'the hosts of workers (Workers Scripts, edit)',
  })
  const domain = domains?.find(({ hostname }) => hostname === host)
  if (domain?.service === worker) return []
  if (domain) return [{ name: host, by: `a custom domain of the worker ${domain.service}` }]
  const zone = await zoneOf(ask, host)
  const records = await ask({
    path: `/zones/${zone}/dns_records?name=${host}`,
    result: z.array(DnsRecord),
    right: `the records of ${host} (DNS, read, for its zone)`,
  })
  const kept = (records ?? []).filter(({ type }) => OF_HOSTS.includes(type))
  if (kept.length === 0) return []
  const names = kept.map(({ type, content }) => `${type} record to ${content}`).join(', ')
  return [{ name: host, by: `it has a DNS ${names}` }]
}

/** Returns the id of a host's zone: the zone with the longest name that the host ends with. */
async function zoneOf(ask: AskCloudflare, host: string): Promise<string> {
  const labels = host.split('.')
  for (const at of labels.keys()) {
    const name = labels.slice(at).join('.')
    if (!name.includes('.')) break
    const right = `the zone of ${host} (Zone, read)`
    const zones = await ask({ path: `/zones?name=${name}`, result: z.array(Zone), right })
    const zone = zones?.find((each) => each.name === name)
    if (zone) return zone.id
  }
  throw new Stop(
    `There is no zone for ${host} in this account: add its domain to Cloudflare first.`,
  )
}
