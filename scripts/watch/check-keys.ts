// Compares the keys that a host serves with the newest keys that the organisation has signed. A
// keeper makes new keys without a deployment, so a newer epoch under the pinned root is not a
// fault.
import { fromB64, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { isExpired, readManifest, trustedManifest } from '#protocol/keys/manifest'
import type { Host, HostResponse } from '#scripts/shared/ask-host'
import { headerFaults } from '#scripts/shared/header-faults'
import type { Fault, Visitor } from '#scripts/watch/answer-faults'
import { askAsEveryClient } from '#scripts/watch/compare-address'
import { KEY_HEADERS } from '#scripts/watch/expected'
import type { PublicOrganisation } from '#site/integrations/organisation.ts'

const KEYS = '/api/keys'
const HYBRID_KEY = '/api/keys/hybrid'

interface CheckedKeys {
  faults: Fault[]
  /** the organisation with the newest keys: those of the host, if they are newer and valid */
  organisation: PublicOrganisation
}

export async function checkKeys(
  host: Host,
  organisation: PublicOrganisation,
  nowMs: number,
): Promise<CheckedKeys> {
  const manifests = await askAsEveryClient(host, KEYS)
  const given = manifests.came
    .filter(({ answer }) => answer.status === 200)
    .map(({ answer }) => new Uint8Array(answer.bytes))
  const newest = await newestOf(given, organisation, nowMs)
  const { epoch, hybridHash } = readManifest(newest)
  const faults = [...manifests.faults]
  for (const { client, answer } of manifests.came) {
    faults.push(...keyHeaderFaults(KEYS, client, answer))
    const what = await manifestFault(answer, { newest, organisation }, nowMs)
    if (what !== null) faults.push({ address: KEYS, visitor: client, what })
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
  const [first] = hybrid.came
  const manifest = toB64(newest)
  // Keys that only some visitors receive are a fault, and must not be mistaken for the newest keys.
  if (manifest === organisation.manifest || faults.length > 0 || !first)
    return { faults, organisation }
  const hybridKey = toB64(first.answer.bytes)
  return { faults, organisation: { ...organisation, manifest, hybridKey } }
}

/** Returns the manifest of the newest epoch that the pinned root vouches for. */
async function newestOf(
  given: readonly Bytes[],
  { root, manifest }: PublicOrganisation,
  nowMs: number,
): Promise<Bytes> {
  let newest = fromB64(manifest)
  for (const bytes of given) {
    const fields = await trustedManifest(bytes, fromB64(root), nowMs).catch(() => null)
    if (fields !== null && fields.epoch > readManifest(newest).epoch) newest = bytes
  }
  return newest
}

interface NewestKeys {
  newest: Bytes
  organisation: PublicOrganisation
}

async function manifestFault(
  { status, bytes }: HostResponse,
  { newest, organisation }: NewestKeys,
  nowMs: number,
): Promise<string | null> {
  if (status !== 200) return `answers ${status} in place of 200`
  const found = new Uint8Array(bytes)
  const fields = readManifest(newest)
  if (!sameBytes(found, newest))
    return (
      `gives ${await nameOf(found, fromB64(organisation.root), nowMs)}, ` +
      `not the last manifest of the organisation, of epoch ${fields.epoch}`
    )
  return isExpired(fields, nowMs)
    ? `gives the manifest of epoch ${fields.epoch}, which has ended`
    : null
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
