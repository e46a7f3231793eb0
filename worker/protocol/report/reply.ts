// Seals and opens replies from the staff: 4,096 bytes each, under the receipt's `down` key. Without
// that key, a reply cannot be distinguished from noise.
import { concat, randomBytes, u32, type Bytes } from '../bytes.ts'
import { REPLY_BYTES, REPLY_NONCE_BYTES, TAG_BYTES } from '../limits.ts'
import { padText, unpadText } from '../crypto/padding.ts'
import type { PlainReply } from './plain-report.ts'

const PLAIN_BYTES = REPLY_BYTES - REPLY_NONCE_BYTES - TAG_BYTES

const replyKey = (down: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', down, 'AES-GCM', false, [use])

const parameters = (iv: Bytes, ownerHash: Bytes, index: number): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: concat(ownerHash, u32(index)),
})

/** Builds the body of `POST /api/inbox`: lookup (16) ‖ index of the reply (4, big endian). */
export const inboxBody = (lookup: Bytes, index: number): Bytes => concat(lookup, u32(index))

/**
 * Seals one reply for its position in a thread.
 *
 * @param down        32 bytes, from the sealed report
 * @param ownerHash  32 bytes, from the envelope's header
 * @param index       position of the reply in its thread, 0 to MAX_REPLIES − 1
 * @returns 4,096 bytes: nonce (12) ‖ AES-256-GCM, aad = ownerHash ‖ index (4, big endian)
 * @throws Refusal `text_too_long` when the JSON has more than MAX_REPLY_BYTES in UTF-8
 */
export async function sealReply(
  down: Bytes,
  ownerHash: Bytes,
  index: number,
  reply: PlainReply,
): Promise<Bytes> {
  const nonce = randomBytes(REPLY_NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(
    parameters(nonce, ownerHash, index),
    await replyKey(down, 'encrypt'),
    padText(JSON.stringify(reply), PLAIN_BYTES),
  )
  return concat(nonce, new Uint8Array(sealed))
}

/**
 * Opens the reply in `bytes`.
 *
 * Returns null for a broken reply, because an error would hide the other replies.
 *
 * @param down        32 bytes, as in sealReply
 * @param ownerHash  32 bytes, as in sealReply
 * @param index       as in sealReply
 * @param bytes       a response of the inbox, 4,096 bytes
 * @returns the reply, or null when `bytes` are noise, are not a reply, or belong to another
 *   receipt, index or key
 */
export async function openReply(
  down: Bytes,
  ownerHash: Bytes,
  index: number,
  bytes: Bytes,
): Promise<PlainReply | null> {
  try {
    const padded = await crypto.subtle.decrypt(
      parameters(bytes.slice(0, REPLY_NONCE_BYTES), ownerHash, index),
      await replyKey(down, 'decrypt'),
      bytes.slice(REPLY_NONCE_BYTES),
    )
    const reply: unknown = JSON.parse(unpadText(new Uint8Array(padded)))
    return isPlainReply(reply) ? reply : null
  } catch {
    return null
  }
}

const isPlainReply = (value: unknown): value is PlainReply =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<PlainReply>).text === 'string' &&
  typeof (value as Partial<PlainReply>).at === 'string'
