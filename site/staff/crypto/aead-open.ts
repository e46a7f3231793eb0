// Opens what sealUnderKey of the protocol seals: nonce (12) ‖ AES-256-GCM with a label as
// additional data.
import { utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

const NONCE_BYTES = 12

/** @throws Refusal `cannot_open` for another key, another label or changed bytes */
export async function openUnderKey(key: Bytes, label: string, sealed: Bytes): Promise<Bytes> {
  try {
    const aesKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(0, NONCE_BYTES), additionalData: utf8(label) },
      aesKey,
      sealed.slice(NONCE_BYTES),
    )
    return new Uint8Array(plain)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
