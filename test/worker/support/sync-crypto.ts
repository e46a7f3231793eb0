// Computes WebCrypto's hashes and signatures in this thread. WebCrypto's threads finish in an order
// that no seed controls, and each call adds overhead.
import { createHash, KeyObject, sign, verify } from 'node:crypto'
import { toB64 } from '#protocol/bytes'

type Subtle = Record<string, (...given: never[]) => Promise<unknown>>

const P1363 = 'ieee-p1363'
const viewOf = (source: ArrayBuffer | Uint8Array): Uint8Array => new Uint8Array(source)
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/**
 * Replaces WebCrypto's methods in this thread. Every hash is SHA-256. Signing with an
 * algorithm other than ECDSA still uses WebCrypto.
 *
 * @returns a function that restores the WebCrypto methods
 */
export function installSyncCrypto(): () => void {
  const subtle = crypto.subtle as unknown as Subtle
  const replaced: string[] = []
  const replace = (name: string, call: (...given: never[]) => Promise<unknown>): void => {
    Object.defineProperty(subtle, name, { value: call, configurable: true })
    replaced.push(name)
  }
  const importKey = crypto.subtle.importKey.bind(crypto.subtle)
  const importRaw = importKey as (...given: unknown[]) => Promise<CryptoKey>
  const points = new Map<string, Promise<CryptoKey>>()
  const verified = new WeakMap<CryptoKey, Map<string, boolean>>()
  const signing = crypto.subtle.sign.bind(crypto.subtle)

  replace('digest', (_algorithm: unknown, source: ArrayBuffer | Uint8Array) =>
    Promise.resolve(bufferOf(createHash('sha256').update(viewOf(source)).digest())),
  )
  replace('importKey', (format: string, key: Uint8Array, ...rest: unknown[]) => {
    const isPoint = format === 'raw' && (rest[0] as { name?: string }).name === 'ECDSA'
    if (!isPoint) return importRaw(format, key, ...rest)
    const name = toB64(key)
    // Node can read the bytes of a key only if the key is exportable.
    const known = points.get(name) ?? importRaw(format, key, rest[0], true, rest[2])
    points.set(name, known)
    return known
  })
  replace('sign', (algorithm: AlgorithmIdentifier, key: CryptoKey, message: Uint8Array) =>
    key.algorithm.name === 'ECDSA'
      ? Promise.resolve(
          bufferOf(sign('sha256', message, { key: KeyObject.from(key), dsaEncoding: P1363 })),
        )
      : signing(algorithm, key, new Uint8Array(message)),
  )
  // Caches each result, because a replay verifies rows that the edge has already verified.
  replace(
    'verify',
    (_algorithm: unknown, key: CryptoKey, signature: Uint8Array, of: Uint8Array) => {
      const known = verified.get(key) ?? new Map<string, boolean>()
      verified.set(key, known)
      const hash = createHash('sha256').update(signature).update(of).digest('base64')
      const isValid =
        known.get(hash) ??
        verify('sha256', of, { key: KeyObject.from(key), dsaEncoding: P1363 }, signature)
      known.set(hash, isValid)
      return Promise.resolve(isValid)
    },
  )
  return () => {
    // The prototype still has the original WebCrypto methods.
    for (const name of replaced) Reflect.deleteProperty(subtle, name)
  }
}
