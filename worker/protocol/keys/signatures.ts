// Signs and verifies with ECDSA P-256 and SHA-256. A signature is 64 bytes, r ‖ s (IEEE P1363).
// Both (r, s) and (r, n − s) verify, but only the signature with the lower s counts. Otherwise any
// person could write the newest row of a chain in a second form, with a different hash.
import { fromB64, type Bytes } from '../bytes.ts'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** The order n of P-256, big endian (SP 800-186). */
const ORDER = fromB64('_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE')
const S_AT = 32

/** Returns r ‖ n − s. */
function otherForm(signature: Bytes): Bytes {
  const other = signature.slice()
  let borrow = 0
  for (let at = ORDER.length - 1; at >= 0; at--) {
    const digit = (ORDER[at] ?? 0) - (signature[S_AT + at] ?? 0) - borrow
    borrow = digit < 0 ? 1 : 0
    other[S_AT + at] = digit
  }
  return other
}

/**
 * Returns true when s is lower than n − s. BigInt would be too slow, because this function runs for
 * each row.
 */
export function hasLowS(signature: Bytes): boolean {
  const other = otherForm(signature)
  const at = other.findIndex((byte, place) => signature[place] !== byte)
  return (signature[at] ?? 0) < (other[at] ?? 0)
}

/** Signs bytes with an ECDSA P-256 private key: 64 bytes, r ‖ s with the lower s. */
export async function signBytes(privateKey: CryptoKey, signed: Bytes): Promise<Bytes> {
  const signature = new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, signed))
  return hasLowS(signature) ? signature : otherForm(signature)
}

/** Imports an uncompressed point of 65 bytes. Rejects a key that is not a point on the curve. */
const importVerifyKey = (publicKey: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', publicKey, ECDSA, false, ['verify'])

/**
 * Returns the imported key for a point given in base64url. Rejects in the same cases as
 * importVerifyKey.
 */
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

/**
 * Returns true when `signature` (64 bytes, with the lower s) is a valid signature over `signed` by
 * an imported key.
 */
export const isSignedWith = async (
  key: CryptoKey,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean> => hasLowS(signature) && crypto.subtle.verify(ECDSA, key, signature, signed)

/**
 * Returns true when `signature` (64 bytes) is a valid signature over `signed` by `publicKey` (65
 * bytes). Returns false instead of throwing for a key that is not a point on the curve.
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
