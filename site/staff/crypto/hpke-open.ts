// Opens bytes that were sealed with HPKE (RFC 9180) to a staff key. Also imports the P-256 key of
// an epoch. Every failure has the same code, so that somebody who tries different keys learns
// nothing.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import { concat, fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'

export const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

const P256 = { name: 'ECDH', namedCurve: 'P-256' }

/** A private key that can open sealed bytes but cannot be exported. */
export interface OpeningKey {
  /** length of HPKE's `enc` for this key */
  encBytes: number
  /** opens a ciphertext with HPKE and the KEM of the key; rejects with the error from `hpke` */
  open: (enc: Bytes, ciphertext: Bytes, bound: { info: Bytes; aad: Bytes }) => Promise<Uint8Array>
}

/**
 * Imports the suite 1 key of an epoch.
 *
 * @param pkcs8  the bytes of the private key; the caller wipes them
 * @throws Refusal `cannot_open` when they are not a P-256 key
 */
export async function importOpeningKey(pkcs8: Bytes): Promise<OpeningKey> {
  try {
    // The key is extractable for only two lines, because WebCrypto offers no other way to get the
    // public half.
    const extractable = await crypto.subtle.importKey('pkcs8', pkcs8, P256, true, ['deriveBits'])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', extractable)
    const point = concat(new Uint8Array([4]), fromB64(x), fromB64(y))
    const pair = {
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['deriveBits']),
      publicKey: await crypto.subtle.importKey('raw', point, P256, true, []),
    }
    return {
      encBytes: POINT_BYTES,
      open: (enc, ciphertext, bound) => suite.Open(pair, enc, ciphertext, bound),
    }
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

/**
 * Returns true when a key is the private half that matches a point. The proof is a message sealed
 * to the point, which only this private half can open.
 *
 * @param point  65 bytes
 */
export async function isPointOf(key: OpeningKey, point: Bytes): Promise<boolean> {
  const bound = { info: new Uint8Array(0), aad: new Uint8Array(0) }
  try {
    const recipient = await suite.DeserializePublicKey(point)
    const sealed = await suite.Seal(recipient, new Uint8Array(0), bound)
    await key.open(
      new Uint8Array(sealed.encapsulatedSecret),
      new Uint8Array(sealed.ciphertext),
      bound,
    )
    return true
  } catch {
    return false
  }
}

/**
 * @param sealed  enc ‖ ciphertext
 * @throws Refusal `cannot_open`
 */
export async function hpkeOpen(
  key: OpeningKey,
  info: Bytes,
  aad: Bytes,
  sealed: Bytes,
): Promise<Bytes> {
  try {
    const [enc, ciphertext] = [sealed.slice(0, key.encBytes), sealed.slice(key.encBytes)]
    return new Uint8Array(await key.open(enc, ciphertext, { info, aad }))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
