// Makes, proves, grants and rewraps case keys. A case key is sealed first under the case's secret,
// which R2 stores, and then under the team key. The copy for the caseworker who has the case is
// called the grant, and is sealed to that person instead. So neither the database nor R2 alone
// holds a case key. The bytes of a key exist in readable form only inside these functions, which
// wipe them.
import { randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { Refusal } from '#protocol/errors'
import {
  CASE_KEY_BYTES,
  caseKeyName,
  type CaseKey,
  type CaseGrant,
} from '#protocol/staff/case-log/bodies'
import { caseKeyHash, type KeyHashes } from '#protocol/staff/case-log/key-hash'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { openUnderKey } from './aead-open.ts'
import { decodeB64 } from '#protocol/staff/native-b64'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { OpenCaseKey } from './open-case-key.ts'
import { sealToHolder } from './seal-to-holder.ts'
import { type TeamKey, type TeamKeys } from './team-key.ts'

type Named = Pick<CaseKey, 'caseId' | 'keyNo'>

const outerLabel = (named: Named): string => `oasis/v1/case-key ${caseKeyName(named)}`
const innerLabel = (named: Named): string => `oasis/v1/case-share ${caseKeyName(named)}`
const grantInfo = (named: Named): Bytes => utf8(`oasis/v1/case-grant ${caseKeyName(named)}`)
const NONE: Bytes = new Uint8Array(0)

/** The opened case keys, keyed by caseKeyName. */
export type OpenCaseKeys = ReadonlyMap<string, OpenCaseKey>

/** A new case key with its copies, in the form that the edge stores. */
interface MadeCaseKey {
  key: OpenCaseKey
  /** for the row `key.make`; see caseKeyHash */
  keyHash: string
  sealed: string
  /** the copy for the caseworker who has the case; null if no caseworker has it */
  grant: string | null
}

/**
 * Makes a random case key.
 *
 * @param secret   32 bytes, the same for all keys of the case
 * @param holder  the hybrid key of the caseworker who has the case, from the replayed roster
 */
export async function makeCaseKey(
  team: TeamKey,
  named: Named,
  secret: Bytes,
  holder: string | null = null,
): Promise<MadeCaseKey> {
  const bytes = randomBytes(CASE_KEY_BYTES)
  const inner = await sealUnderKey(secret, innerLabel(named), bytes)
  const sealed = toB64(await sealWithKey(team.key, outerLabel(named), inner))
  const grant = holder === null ? null : await sealToHolder(holder, grantInfo(named), inner)
  const keyHash = await caseKeyHash(named, bytes)
  return { key: await OpenCaseKey.prove(named, bytes, keyHash), keyHash, sealed, grant }
}

/** Opens the outer seal. @throws Refusal `cannot_open`, including when the generation is missing */
async function openOuter({ team }: Pick<TeamKeys, 'team'>, stored: CaseKey): Promise<Bytes> {
  const key = team.get(stored.generation)
  if (!key) throw new Refusal('cannot_open')
  return openWithKey(key.key, outerLabel(stored), decodeB64(stored.sealed))
}

/** Opens the seal under the secret, and proves the key. @throws Refusal `cannot_open` */
async function proveInner(
  named: Named,
  inner: Bytes,
  { secret, keyHash }: Proof,
): Promise<OpenCaseKey> {
  return OpenCaseKey.prove(named, await openUnderKey(secret, innerLabel(named), inner), keyHash)
}

/** The secret that opens the inner seal of a case key, and the hash that proves the key. */
interface Proof {
  secret: Bytes
  keyHash: string
}

/** The parts of a report that contain its case keys. */
type WithKeys = Pick<StoredCase, 'caseKeys' | 'grants' | 'secrets'>

/** @returns null if the secret is missing, and for a key that no row records */
function proofOf(named: Named, opened: WithKeys, hashes: KeyHashes): Proof | null {
  const [secret, keyHash] = [secretIn(opened, named.caseId), hashes.get(caseKeyName(named))]
  return secret && keyHash !== undefined ? { secret, keyHash } : null
}

/**
 * Seals a stored case key to a caseworker after proving the key inside. The sealed key remains
 * under its secret.
 *
 * @param hashes  the hashes of a complete, valid log
 * @param holder  base64url, from the replayed roster, never from a table
 * @throws Refusal `cannot_open` for a key that does not open or that no row records
 */
export async function grantCaseKey(
  keys: Pick<TeamKeys, 'team'>,
  stored: CaseKey,
  opened: WithKeys,
  hashes: KeyHashes,
  holder: string,
): Promise<CaseGrant> {
  const proof = proofOf(stored, opened, hashes)
  if (!proof) throw new Refusal('cannot_open')
  const inner = await openOuter(keys, stored)
  await proveInner(stored, inner, proof)
  const { caseId, keyNo } = stored
  return { caseId, keyNo, sealed: await sealToHolder(holder, grantInfo(stored), inner) }
}

/** Returns the secret of a case, or null if the edge has none for it. */
export function secretIn({ secrets }: Pick<StoredCase, 'secrets'>, caseId: string): Bytes | null {
  const found = secrets.find((each) => each.caseId === caseId)
  return found ? decodeB64(found.secret) : null
}

/** The keys that open case keys: a reader's team key, or a caseworker's private key. */
export type HolderKeys = Pick<TeamKeys, 'team'> & { own?: OpeningKey }

/** Opens the case keys of a report. Omits a key that does not open, or that no row records. */
export async function openCaseKeys(
  { team, own }: HolderKeys,
  opened: WithKeys,
  hashes: KeyHashes,
): Promise<OpenCaseKeys> {
  const open = new Map<string, OpenCaseKey>()
  const tryEach = async <Stored extends Named>(
    all: readonly Stored[],
    openInner: (stored: Stored) => Promise<Bytes>,
  ): Promise<void> => {
    for (const stored of all) {
      const proof = proofOf(stored, opened, hashes)
      if (!proof || open.has(caseKeyName(stored))) continue
      try {
        const inner = await openInner(stored)
        open.set(caseKeyName(stored), await proveInner(stored, inner, proof))
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause
      }
    }
  }
  await tryEach(opened.caseKeys, (stored) => openOuter({ team }, stored))
  if (own)
    await tryEach(opened.grants, (granted) =>
      hpkeOpen(own, grantInfo(granted), NONE, decodeB64(granted.sealed)),
    )
  return open
}

/**
 * Replaces the outer seal of a case key. The case key itself remains sealed under its secret.
 *
 * @throws Refusal `cannot_open` when the outer seal does not open under `from`
 */
export async function rewrapCaseKey(from: TeamKey, to: TeamKey, stored: CaseKey): Promise<string> {
  const inner = await openWithKey(from.key, outerLabel(stored), decodeB64(stored.sealed))
  return toB64(await sealWithKey(to.key, outerLabel(stored), inner))
}
