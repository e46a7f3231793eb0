// Opens bytes sealed by sealUnderKey of the protocol: nonce (12) ‖ AES-256-GCM, with a label as
// additional data.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { importAeadKey, openWithKey } from './aead-key.ts'

/** @throws Refusal `cannot_open` for a wrong key, a wrong label or changed bytes */
export async function openUnderKey(key: Bytes, label: string, sealed: Bytes): Promise<Bytes> {
  try {
    return await openWithKey(await importAeadKey(key), label, sealed)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
