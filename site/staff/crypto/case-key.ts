// Makes, opens and re-wraps case keys. A case key is sealed under the case's share, which R2 keeps,
// and then under the team key. A copy for the caseworker who has the case, the grant, is sealed to
// that person instead. Neither the database nor R2 alone holds a case key. The bytes of a key are
// readable only inside these functions, which wipe them.
import { randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { Refusal } from '#protocol/errors'
import {
  CASE_KEY_BYTES,
  caseKeyName,
  type CaseKey,
  type CaseGrant,
} from '#protocol/staff/case-bodies'
import { caseKeyHash } from '#protocol/staff/case-key-hash'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { deriveAeadKey, openWithKey, sealWithKey } from './aead-key.ts'
import { openUnderKey } from './aead-open.ts'
import { decodeB64 } from './decode-b64.ts'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { sealToHolder } from './seal-to-holder.ts'
import { type TeamKeys } from './team-key.ts'

/** A case key in memory, which cannot be exported. Each part is derived once, when it is needed. */
export interface OpenCaseKey {
  caseId: string
  keyNo: number
  /** seals and opens the content keys of letters */
  letters: () => Promise<CryptoKey>
  /** seals and opens entries */
  entries: () => Promise<CryptoKey>
}

/** Case keys that opened, by caseKeyName. */
export type OpenCaseKeys = ReadonlyMap<string, OpenCaseKey>

type Named = Pick<CaseKey, 'caseId' | 'keyNo'>

const outerLabel = (named: Named): string => `oasis/v1/case-key ${caseKeyName(named)}`
const innerLabel = (named: Named): string => `oasis/v1/case-share ${caseKeyName(named)}`
const grantInfo = (named: Named): Bytes => utf8(`oasis/v1/case-grant ${caseKeyName(named)}`)
const NONE: Bytes = new Uint8Array(0)

/** WebCrypto derives a key in one call, and deriveBytes in five. The index opens thousands. */
async function inMemory(named: Named, bytes: Bytes): Promise<OpenCaseKey> {
  const secret = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
  bytes.fill(0)
  const derived = (label: string): (() => Promise<CryptoKey>) => {
    let key: Promise<CryptoKey> | undefined
    return () => (key ??= deriveAeadKey(secret, label))
  }
  return {
    ...{ caseId: named.caseId, keyNo: named.keyNo },
    letters: derived('oasis/v1/case-letters'),
    entries: derived('oasis/v1/case-entries'),
  }
}

/** A new case key, and its copies as the edge stores them. */
interface MadeCaseKey {
  key: OpenCaseKey
  /** for the row `key.make`, see caseKeyHash */
  keyHash: string
  sealed: string
  /** the copy for the caseworker who has the case; null without one */
  grant: string | null
}

/**
 * Makes a random case key.
 *
 * @param share   32 bytes, the same for all keys of the case
 * @param holder  the hybrid key of the caseworker who has the case, from the replayed roster
 */
export async function makeCaseKey(
  team: CryptoKey,
  named: Named,
  share: Bytes,
  holder: string | null = null,
): Promise<MadeCaseKey> {
  const bytes = randomBytes(CASE_KEY_BYTES)
  const inner = await sealUnderKey(share, innerLabel(named), bytes)
  const sealed = toB64(await sealWithKey(team, outerLabel(named), inner))
  const grant = holder === null ? null : await sealToHolder(holder, grantInfo(named), inner)
  const keyHash = await caseKeyHash(named, bytes)
  return { key: await inMemory(named, bytes), keyHash, sealed, grant }
}

/**
 * Seals a stored case key to a caseworker. The case key itself stays sealed under its share.
 *
 * @param holder  base64url, from the replayed roster, never from a table
 * @throws Refusal `cannot_open` when the outer seal does not open
 */
export async function grantCaseKey(
  { team }: Pick<TeamKeys, 'team'>,
  stored: CaseKey,
  holder: string,
): Promise<CaseGrant> {
  const { caseId, keyNo, generation, sealed } = stored
  const key = team.get(generation)
  if (!key) throw new Refusal('cannot_open')
  const inner = await openWithKey(key, outerLabel(stored), decodeB64(sealed))
  return { caseId, keyNo, sealed: await sealToHolder(holder, grantInfo(stored), inner) }
}

/** @throws Refusal `cannot_open` also when the team key of the generation is not here */
async function openCaseKey(
  { team }: Pick<TeamKeys, 'team'>,
  stored: CaseKey,
  share: Bytes,
): Promise<OpenCaseKey> {
  const key = team.get(stored.generation)
  if (!key) throw new Refusal('cannot_open')
  const inner = await openWithKey(key, outerLabel(stored), decodeB64(stored.sealed))
  return inMemory(stored, await openUnderKey(share, innerLabel(stored), inner))
}

/** @throws Refusal `cannot_open` also for a grant to somebody else */
async function openGrant(own: OpeningKey, granted: CaseGrant, share: Bytes): Promise<OpenCaseKey> {
  const inner = await hpkeOpen(own, grantInfo(granted), NONE, decodeB64(granted.sealed))
  return inMemory(granted, await openUnderKey(share, innerLabel(granted), inner))
}

/** Returns the share of a case, or null when the edge has none. */
export function shareIn({ shares }: Pick<OpenedReport, 'shares'>, caseId: string): Bytes | null {
  const found = shares.find((each) => each.caseId === caseId)
  return found ? decodeB64(found.share) : null
}

/** The keys that open case keys: the team key of a reader, or the own key of a caseworker. */
export type HolderKeys = Pick<TeamKeys, 'team'> & { own?: OpeningKey }

/** Opens the case keys of a report. Leaves out a key that does not open. */
export async function openCaseKeys(
  { team, own }: HolderKeys,
  opened: Pick<OpenedReport, 'caseKeys' | 'grants' | 'shares'>,
): Promise<OpenCaseKeys> {
  const open = new Map<string, OpenCaseKey>()
  const tryEach = async <Stored extends Named>(
    all: readonly Stored[],
    openOne: (stored: Stored, share: Bytes) => Promise<OpenCaseKey>,
  ): Promise<void> => {
    for (const stored of all) {
      const share = shareIn(opened, stored.caseId)
      if (!share || open.has(caseKeyName(stored))) continue
      try {
        open.set(caseKeyName(stored), await openOne(stored, share))
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause
      }
    }
  }
  await tryEach(opened.caseKeys, (stored, share) => openCaseKey({ team }, stored, share))
  if (own) await tryEach(opened.grants, (granted, share) => openGrant(own, granted, share))
  return open
}

/**
 * Replaces the outer seal. The case key itself stays sealed under its share.
 *
 * @throws Refusal `cannot_open` when the outer seal does not open under `from`
 */
export async function rewrapCaseKey(
  from: CryptoKey,
  to: CryptoKey,
  stored: CaseKey,
): Promise<string> {
  const inner = await openWithKey(from, outerLabel(stored), decodeB64(stored.sealed))
  return toB64(await sealWithKey(to, outerLabel(stored), inner))
}

const letterLabel = (caseId: string, letter: string): string =>
  `oasis/v1/case-letter ${caseId} ${letter}`

/** Seals the content key of a letter. @param letter  id of the letter, base64url */
export const sealCek = async (key: OpenCaseKey, letter: string, cek: Bytes): Promise<string> =>
  toB64(await sealWithKey(await key.letters(), letterLabel(key.caseId, letter), cek))

/** @throws Refusal `cannot_open` */
export const openCek = async (key: OpenCaseKey, letter: string, sealed: string): Promise<Bytes> =>
  openWithKey(await key.letters(), letterLabel(key.caseId, letter), decodeB64(sealed))
