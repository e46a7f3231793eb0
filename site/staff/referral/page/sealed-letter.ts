// Seals and opens the letter of a page under its digits. The page itself and the preview open it
// with this code, so it runs without the app.
import { concat, fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { LENGTH_BYTES } from '#protocol/limits'

/** 10^24 is about 2^79.7. */
export const OPENING_DIGITS = 24
/** The recommendation of OWASP for PBKDF2-HMAC-SHA-256. */
const ROUNDS = 600_000
const SALT_BYTES = 16
const NONCE_BYTES = 12
/** The plaintext is padded to a multiple of this, so that its length says little. */
const STEP_BYTES = 2048
const LABEL = utf8('oasis/v1/referral-page')

/** The sealed part of a page. */
export interface SealedLetter {
  v: 1
  rounds: number
  /** base64url of 16 bytes */
  salt: string
  /** base64url: nonce (12) ‖ AES-256-GCM of the padded letter */
  sealed: string
}

async function keyOf(
  digits: string,
  salt: Bytes,
  rounds: number,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', utf8(digits), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
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

/** Seals a text under digits. @param digits  24 ASCII digits */
export async function sealUnderDigits(text: string, digits: string): Promise<SealedLetter> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const size = Math.ceil((utf8(text).length + LENGTH_BYTES) / STEP_BYTES) * STEP_BYTES
  const key = await keyOf(digits, salt, ROUNDS, 'encrypt')
  const sealed = await crypto.subtle.encrypt(parameters(nonce), key, padText(text, size))
  return {
    ...{ v: 1, rounds: ROUNDS, salt: toB64(salt) },
    sealed: toB64(concat(nonce, new Uint8Array(sealed))),
  }
}

/** Opens a text, or returns null for other digits and for changed bytes. */
export async function openUnderDigits(
  { rounds, salt, sealed }: SealedLetter,
  digits: string,
): Promise<string | null> {
  const key = await keyOf(digits, fromB64(salt), rounds, 'decrypt')
  const bytes = fromB64(sealed)
  try {
    const padded = await crypto.subtle.decrypt(
      parameters(bytes.slice(0, NONCE_BYTES)),
      key,
      bytes.slice(NONCE_BYTES),
    )
    return unpadText(new Uint8Array(padded))
  } catch {
    return null
  }
}
