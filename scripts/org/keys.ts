// Makes the key pairs: public keys as raw points (65 bytes), private keys as PKCS #8.
// A hybrid pair is the key of 1,216 bytes and its seed.
import {
  AEAD_AES_256_GCM,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_DHKEM_P256_HKDF_SHA256,
  KEM_MLKEM768_X25519,
} from 'hpke'
import type { Bytes } from '#protocol/bytes'

export interface KeyPair {
  publicKey: Bytes
  privateKey: Bytes
}

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' }
const SEALING = { name: 'ECDH', namedCurve: 'P-256' }

async function exported(pair: CryptoKeyPair): Promise<KeyPair> {
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
  }
}

export async function makeSigningPair(): Promise<KeyPair> {
  return exported(await crypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']))
}

export async function makeSealingPair(): Promise<KeyPair> {
  return exported(await crypto.subtle.generateKey(SEALING, true, ['deriveBits']))
}

/** HPKE of suite 1, which also seals to people and to the recovery key. */
export const suite1 = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
/** HPKE of suite 2. */
export const suite2 = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

export async function makeHybridPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await suite2.GenerateKeyPair(true)
  return {
    publicKey: new Uint8Array(await suite2.SerializePublicKey(publicKey)),
    privateKey: new Uint8Array(await suite2.SerializePrivateKey(privateKey)),
  }
}

export async function importSigningKey(privateKey: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', privateKey, SIGNING, false, ['sign'])
}

// Returns the 32-byte scalar of a sealing key: its only secret part, short enough to print.
export async function scalarOf(privateKey: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('pkcs8', privateKey, SEALING, true, ['deriveBits'])
  const { d } = await crypto.subtle.exportKey('jwk', key)
  if (d === undefined) throw new Error('The key has no private half.')
  return new Uint8Array(Buffer.from(d, 'base64url'))
}

// Returns the sealing key of a scalar. Rejects when the scalar does not fit the public key.
export async function keyFromScalar(scalar: Bytes, publicKey: Bytes): Promise<CryptoKey> {
  const coordinate = (from: number) =>
    Buffer.from(publicKey.subarray(from, from + 32)).toString('base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: Buffer.from(scalar).toString('base64url'),
    x: coordinate(1),
    y: coordinate(33),
  }
  return crypto.subtle.importKey('jwk', jwk, SEALING, true, ['deriveBits'])
}
