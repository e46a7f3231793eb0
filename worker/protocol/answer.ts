// Answers to a reporter: 4,096 bytes each, sealed under the receipt's `down` key. Whoever lacks the key cannot tell one from noise.
import { concat, randomBytes, u32, type Bytes } from './bytes.ts'
import { ANSWER_BYTES, ANSWER_NONCE_BYTES, TAG_BYTES } from './limits.ts'
import { padText, unpadText } from './padding.ts'
import type { PlainAnswer } from './report.ts'

const PLAIN_BYTES = ANSWER_BYTES - ANSWER_NONCE_BYTES - TAG_BYTES

const answerKey = (down: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', down, 'AES-GCM', false, [use])

const parameters = (iv: Bytes, lookupHash: Bytes, slot: number): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: concat(lookupHash, u32(slot)),
})

/** Body of `POST /api/inbox`: lookup (16) ‖ slot (4, big endian). */
export const inboxBody = (lookup: Bytes, slot: number): Bytes => concat(lookup, u32(slot))

/**
 * @param down        32 bytes, from the sealed report
 * @param lookupHash  32 bytes, from the envelope's header
 * @param slot        0 to MAX_SLOTS − 1
 * @returns 4,096 bytes: nonce (12) ‖ AES-256-GCM, aad = lookupHash ‖ slot
 * @throws Refusal `text_too_long`
 */
export async function sealAnswer(
  down: Bytes,
  lookupHash: Bytes,
  slot: number,
  answer: PlainAnswer,
): Promise<Bytes> {
  const nonce = randomBytes(ANSWER_NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(
    parameters(nonce, lookupHash, slot),
    await answerKey(down, 'encrypt'),
    padText(JSON.stringify(answer), PLAIN_BYTES),
  )
  return concat(nonce, new Uint8Array(sealed))
}

/**
 * The answer in `bytes`, or null when the slot is empty (noise), belongs to another number, slot or key, or holds what is no
 * answer: one that is broken must not hide the others.
 */
export async function openAnswer(
  down: Bytes,
  lookupHash: Bytes,
  slot: number,
  bytes: Bytes,
): Promise<PlainAnswer | null> {
  try {
    const padded = await crypto.subtle.decrypt(
      parameters(bytes.slice(0, ANSWER_NONCE_BYTES), lookupHash, slot),
      await answerKey(down, 'decrypt'),
      bytes.slice(ANSWER_NONCE_BYTES),
    )
    const answer: unknown = JSON.parse(unpadText(new Uint8Array(padded)))
    return isPlainAnswer(answer) ? answer : null
  } catch {
    return null
  }
}

const isPlainAnswer = (value: unknown): value is PlainAnswer =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<PlainAnswer>).text === 'string' &&
  typeof (value as Partial<PlainAnswer>).at === 'string'
