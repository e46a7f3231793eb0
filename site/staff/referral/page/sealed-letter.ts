// Seals the letter in a page under the page's digits, and opens the letter with them. Both the page
// and the preview open the letter with this code, so the code must run without the app.
import { concat, fromB64, randomBytes, sameBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { LENGTH_BYTES } from '#protocol/limits'

/** The number of rounds that OWASP recommends for PBKDF2-HMAC-SHA-256. */
export const ROUNDS = 600_000
const SALT_BYTES = 16
const NONCE_BYTES = 12
/** The plaintext is padded to a multiple of this number, so that its length reveals little. */
const STEP_BYTES = 2048
const LABEL = utf8('oasis/v1/referral-page')

/** The sealed part of a page. */
export interface SealedLetter {
  v: 1
  /** always ROUNDS: a file cannot choose how often its digits are hashed */
  rounds: number
  /** base64url of 16 bytes */
  salt: string
  /** base64url: nonce (12) ‖ AES-256-GCM of the padded letter */
  sealed: string
}

async function keyOf(digits: string, salt: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', utf8(digits), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS },
    from,
    { name: 'AES-GCM', length: 256 },
    false,
    [use],
  )
}

const parameters = (iv: Bytes): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: LABEL,
})

/** Returns the length of the padded text. */
const sizeOf = (text: string): number =>
  Math.ceil((utf8(text).length + LENGTH_BYTES) / STEP_BYTES) * STEP_BYTES

/** Seals a text under digits. @param digits  24 ASCII digits */
export async function sealUnderDigits(text: string, digits: string): Promise<SealedLetter> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const key = await keyOf(digits, salt, 'encrypt')
  const sealed = await crypto.subtle.encrypt(parameters(nonce), key, padText(text, sizeOf(text)))
  return {
    ...{ v: 1, rounds: ROUNDS, salt: toB64(salt) },
    sealed: toB64(concat(nonce, new Uint8Array(sealed))),
  }
}

/**
 * Opens a sealed text. Returns null for wrong digits, for changed bytes and for a different number
 * of rounds. Also returns null for padding that sealUnderDigits does not make, because it could
 * hide content.
 */
export async function openUnderDigits(
  { rounds, salt, sealed }: SealedLetter,
  digits: string,
): Promise<string | null> {
  if (rounds !== ROUNDS) return null
  const key = await keyOf(digits, fromB64(salt), 'decrypt')
  const bytes = fromB64(sealed)
  try {
    const padded = await crypto.subtle.decrypt(
      parameters(bytes.slice(0, NONCE_BYTES)),
      key,
      bytes.slice(NONCE_BYTES),
    )
    const text = unpadText(new Uint8Array(padded))
    return sameBytes(padText(text, sizeOf(text)), new Uint8Array(padded)) ? text : null
  } catch {
    return null
  }
}
