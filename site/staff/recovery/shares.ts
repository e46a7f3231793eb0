// Splits the seed of the recovery key into three paper shares (Shamir's secret sharing). Any two
// shares restore the key; a single share reveals nothing about it.
//
// A share as bytes: version (1) ‖ number 1 to 3 (1) ‖ key id (4) ‖ Shamir share (33) ‖ checksum
// (6). On paper a share is 72 characters of Crockford's base 32, which avoids letters that look
// like digits.
import { combine, split } from 'shamir-secret-sharing'
import { concat, fromB64, sameBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { fromCrockford, groupCrockford, toCrockford } from '#protocol/crypto/crockford'
import { importSealingKey, type HybridOpeningKey, type HybridPair } from '../crypto/seal-to.ts'
import { RecoveryFault } from '../ledger/recovery-fault.ts'

export const SHARES = 3
export const NEEDED = 2

const VERSION = 1
const HEAD_BYTES = 6
const SHARE_BYTES = 33
const CHECK_BYTES = 6
// 45 bytes are exactly 72 characters, so no bits are left over.
export const SHARE_CHARACTERS = 72

/** A share with a correct checksum. */
export interface Share {
  /** 1 to 3 */
  number: number
  /** the recovery key to which the share belongs, base64url of 4 bytes */
  keyId: string
  /** 33 bytes; the caller wipes them */
  part: Bytes
}

/** Returns the key id that the shares of a recovery key contain. @param publicKey  1,216 bytes */
const keyIdOf = async (publicKey: Bytes): Promise<string> =>
  toB64((await sha256(publicKey)).slice(0, 4))

const checkSum = async (bytes: Bytes): Promise<Bytes> =>
  (await sha256(utf8('oasis/v1/share'), bytes)).slice(0, CHECK_BYTES)

/** Returns the three shares as texts of 72 characters in groups of four. */
export async function splitRecoveryKey(recovery: HybridPair): Promise<string[]> {
  const parts = await split(recovery.seed, SHARES, NEEDED)
  const id = fromB64(await keyIdOf(recovery.publicKey))
  return Promise.all(
    parts.map(async (part, at) => {
      const bytes = concat(new Uint8Array([VERSION, at + 1]), id, new Uint8Array(part))
      return groupCrockford(toCrockford(concat(bytes, await checkSum(bytes))))
    }),
  )
}

/** Reads a typed share. @throws RecoveryFault `share_letter`, `share_length` or `share_typo` */
export async function readShare(text: string): Promise<Share> {
  const typed = fromCrockford(text, SHARE_CHARACTERS)
  if (!('bytes' in typed))
    throw new RecoveryFault(typed.typo === 'letter' ? 'share_letter' : 'share_length', {
      n: SHARE_CHARACTERS,
    })
  const body = typed.bytes.slice(0, HEAD_BYTES + SHARE_BYTES)
  const [version, number = 0] = body
  if (!sameBytes(await checkSum(body), typed.bytes.slice(body.length)) || version !== VERSION)
    throw new RecoveryFault('share_typo')
  return { number, keyId: toB64(body.slice(2, HEAD_BYTES)), part: body.slice(HEAD_BYTES) }
}

/**
 * Returns the recovery key to which a share belongs.
 *
 * @param keys  all recovery keys of an organisation, 1,216 bytes each, newest last
 * @throws RecoveryFault `share_foreign`
 */
export async function recoveryKeyOf(share: Share, keys: readonly Bytes[]): Promise<Bytes> {
  for (const key of keys) if ((await keyIdOf(key)) === share.keyId) return key
  throw new RecoveryFault('share_foreign')
}

/** @throws RecoveryFault `share_twice` or `share_older` unless both shares can be used together */
export function requireTwoShares(one: Share, other: Share): void {
  if (one.keyId !== other.keyId) throw new RecoveryFault('share_older')
  if (one.number === other.number) throw new RecoveryFault('share_twice', { n: one.number })
}

/**
 * Restores a recovery key.
 *
 * @param texts  two different shares, as printed
 * @param keys   see recoveryKeyOf
 * @throws RecoveryFault the codes of readShare, recoveryKeyOf and requireTwoShares, or
 *   `shares_wrong`
 */
export async function combineShares(
  texts: readonly string[],
  keys: readonly Bytes[],
): Promise<HybridOpeningKey> {
  const [first, second] = await Promise.all(texts.map(readShare))
  if (!first || !second) throw new RecoveryFault('share_twice', { n: first?.number ?? 0 })
  const publicKey = await recoveryKeyOf(first, keys)
  await recoveryKeyOf(second, keys)
  requireTwoShares(first, second)
  const seed = new Uint8Array(await combine([first.part, second.part]))
  try {
    return await importSealingKey(seed, publicKey)
  } catch (cause) {
    throw new RecoveryFault('shares_wrong', {}, { cause })
  } finally {
    for (const bytes of [seed, first.part, second.part]) bytes.fill(0)
  }
}
