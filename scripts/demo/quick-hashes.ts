// Computes SHA-256 and HMAC synchronously in this thread. WebCrypto passes each of them to another
// thread, which takes far longer than hashing a few bytes.
import { createHash, createHmac } from 'node:crypto'

type Subtle = Record<string, (...given: unknown[]) => Promise<unknown>>

class HmacKey {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** Replaces the hashes of WebCrypto, for a thread that only seals invented reports. */
export function installQuickHashes(): void {
  const subtle = crypto.subtle as unknown as Subtle
  const [importKey, sign] = [subtle['importKey'], subtle['sign']].map((call) =>
    call?.bind(crypto.subtle),
  )
  Object.assign(subtle, {
    digest: (_: unknown, message: Uint8Array) =>
      Promise.resolve(bufferOf(createHash('sha256').update(message).digest())),
    importKey: (
      format: string,
      key: Uint8Array,
      algorithm: { name?: string },
      ...rest: unknown[]
    ) =>
      algorithm.name === 'HMAC'
        ? Promise.resolve(new HmacKey(key))
        : importKey?.(format, key, algorithm, ...rest),
    sign: (algorithm: unknown, key: unknown, message: Uint8Array) =>
      key instanceof HmacKey
        ? Promise.resolve(bufferOf(createHmac('sha256', key.bytes).update(message).digest()))
        : sign?.(algorithm, key, message),
  })
}
