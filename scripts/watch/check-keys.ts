// Compares the keys that a host serves with the newest ones that the organisation has signed.
import { fromB64, sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { readManifest, trustedManifest } from '#protocol/keys/manifest'
import type { Host, HostResponse } from '#scripts/shared/ask-host'
import { headerFaults } from '#scripts/shared/header-faults'
import type { Fault, Visitor } from '#scripts/watch/answer-faults'
import { askAsEveryClient } from '#scripts/watch/compare-address'
import { KEY_HEADERS } from '#scripts/watch/expected'
import type { PublicOrganisation } from '#site/integrations/organisation.ts'

const KEYS = '/api/keys'
const HYBRID_KEY = '/api/keys/hybrid'

/** Returns the newest manifest that the organisation has signed. public.json contains it. */
const newestManifest = ({ manifest }: PublicOrganisation): Bytes => fromB64(manifest)

export async function keyFaults(
  host: Host,
  organisation: PublicOrganisation,
  nowMs: number,
): Promise<Fault[]> {
  const newest = newestManifest(organisation)
  const { epoch, hybridHash } = readManifest(newest)
  const manifests = await askAsEveryClient(host, KEYS)
  const faults = [...manifests.faults]
  for (const { client, answer } of manifests.came) {
    faults.push(...keyHeaderFaults(KEYS, client, answer))
    const found = new Uint8Array(answer.bytes)
    if (answer.status === 200 && sameBytes(found, newest)) continue
    const what =
      answer.status === 200
        ? `gives ${await nameOf(found, fromB64(organisation.root), nowMs)}, ` +
          `not the last manifest of the organisation, of epoch ${epoch}`
        : `answers ${answer.status} in place of 200`
    faults.push({ address: KEYS, visitor: client, what })
  }
  const hybrid = await askAsEveryClient(host, HYBRID_KEY)
  faults.push(...hybrid.faults)
  for (const { client, answer } of hybrid.came) {
    faults.push(...keyHeaderFaults(HYBRID_KEY, client, answer))
    if (!sameBytes(await sha256(answer.bytes), hybridHash))
      faults.push({
        address: HYBRID_KEY,
        visitor: client,
        what: `gives another hybrid key than the one of epoch ${epoch}`,
      })
  }
  return faults
}

const keyHeaderFaults = (
  address: string,
  visitor: Visitor,
  { status, headers }: HostResponse,
): Fault[] =>
  status === 200
    ? headerFaults(KEY_HEADERS, headers).map((what) => ({ address, visitor, what }))
    : []

async function nameOf(bytes: Bytes, root: Bytes, nowMs: number): Promise<string> {
  try {
    return `a manifest of epoch ${(await trustedManifest(bytes, root, nowMs)).epoch}`
  } catch {
    return 'keys that the root key does not vouch for'
  }
}
