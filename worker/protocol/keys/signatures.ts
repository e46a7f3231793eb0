// Signs and verifies with ECDSA P-256 and SHA-256. A signature is 64 bytes, r ‖ s (IEEE P1363).
import { fromB64, type Bytes } from '../bytes.ts'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Signs bytes with an ECDSA P-256 private key: 64 bytes, r ‖ s (IEEE P1363, as in WebCrypto). */
export const signBytes = async (privateKey: CryptoKey, signed: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, signed))

/** Imports an uncompressed point of 65 bytes. Rejects for a key that is no point of the curve. */
const importVerifyKey = (publicKey: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', publicKey, ECDSA, false, ['verify'])

/** Returns the imported key of a point, base64url. Rejects as importVerifyKey does. */
export type VerifyKeys = (publicKey: string) => Promise<CryptoKey>

/** Imports each key once, because many rows of a chain have the same signer. */
export function verifyKeys(): VerifyKeys {
  const imported = new Map<string, Promise<CryptoKey>>()
  return (publicKey) => {
    const key = imported.get(publicKey) ?? importVerifyKey(fromB64(publicKey))
    imported.set(publicKey, key)
    return key
  }
}

/** Returns true when `signature` (64 bytes) is a signature of an imported key over `signed`. */
export const isSignedWith = (key: CryptoKey, signature: Bytes, signed: Bytes): Promise<boolean> =>
  crypto.subtle.verify(ECDSA, key, signature, signed)

/**
 * Returns true when `signature` (64 bytes) is a signature of `publicKey` (65 bytes) over `signed`.
 * Returns false, and does not throw, for a key that is no point of the curve.
 */
export async function isSignedBy(
  publicKey: Bytes,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean> {
  try {
    return await isSignedWith(await importVerifyKey(publicKey), signature, signed)
  } catch {
    return false
  }
}
