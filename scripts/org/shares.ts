// Splits the seed of the recovery key into three paper shares (Shamir's sharing). Any two shares
// restore the key; one share alone reveals nothing about the key.
//
// A share as bytes: version (1) ‖ number 1 to 3 (1) ‖ key id (4) ‖ Shamir share (33)
// ‖ check sum (6). On paper a share is 72 characters of Crockford's base 32, which avoids letters
// that look like digits.
import { combine, split } from 'shamir-secret-sharing'
import { concat, sameBytes, sha256, utf8, type Bytes } from '#protocol/bytes'
import { fromCrockford, groupCrockford, toCrockford } from '#protocol/crypto/crockford'
import { Stop } from '#scripts/shared/progress'
import {
  importSealingKey,
  type HybridOpeningKey,
  type HybridPair,
} from '#site/staff/crypto/seal-to.ts'

export const SHARES = 3
export const NEEDED = 2

const VERSION = 1
const HEAD_BYTES = 6
const SHARE_BYTES = 33
const CHECK_BYTES = 6
// 45 bytes are exactly 72 characters, so that no bit is left over.
const CHARACTERS = 72

async function keyId(publicKey: Bytes): Promise<Bytes> {
  return (await sha256(publicKey)).slice(0, 4)
}

async function checkSum(bytes: Bytes): Promise<Bytes> {
  return (await sha256(utf8('oasis/v1/share'), bytes)).slice(0, CHECK_BYTES)
}

function read(text: string): Bytes {
  const typed = fromCrockford(text, CHARACTERS)
  if ('bytes' in typed) return typed.bytes
  throw new Stop(
    typed.typo === 'letter'
      ? 'A share has digits and letters only, without U.'
      : `A share has ${CHARACTERS} characters: ` +
          'compare with the paper whether one is missing or too many.',
  )
}

// Returns three texts of 72 characters in groups of four.
export async function splitRecoveryKey(recovery: HybridPair): Promise<string[]> {
  const parts = await split(recovery.seed, SHARES, NEEDED)
  const id = await keyId(recovery.publicKey)
  return Promise.all(
    parts.map(async (part, at) => {
      const bytes = concat(new Uint8Array([VERSION, at + 1]), id, new Uint8Array(part))
      return groupCrockford(toCrockford(concat(bytes, await checkSum(bytes))))
    }),
  )
}

async function shareOf(text: string): Promise<{ id: Bytes; part: Bytes }> {
  const bytes = read(text)
  const body = bytes.slice(0, HEAD_BYTES + SHARE_BYTES)
  if (!sameBytes(await checkSum(body), bytes.slice(body.length)) || body[0] !== VERSION) {
    throw new Stop('A character of this share is wrong: compare it with the paper, group by group.')
  }
  return { id: body.slice(2, HEAD_BYTES), part: body.slice(HEAD_BYTES) }
}

// Returns the recovery key if two of the texts are different shares of the key with this public
// half (1,216 bytes).
export async function combineShares(
  texts: string[],
  publicKey: Bytes,
): Promise<HybridOpeningKey> {
  const shares = await Promise.all(texts.map(shareOf))
  const id = await keyId(publicKey)
  if (shares.some((share) => !sameBytes(share.id, id))) {
    throw new Stop('These shares belong to another organisation or to an older recovery key.')
  }
  if (new Set(shares.map((share) => Buffer.from(share.part).toString('hex'))).size < NEEDED) {
    throw new Stop('Two different shares are needed.')
  }
  const seed = new Uint8Array(await combine(shares.map((share) => share.part)))
  try {
    return await importSealingKey(seed, publicKey)
  } catch {
    throw new Stop('These shares do not give the recovery key.')
  } finally {
    seed.fill(0)
  }
}
