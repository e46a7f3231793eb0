// Makes P-256 key pairs: public keys as raw points (65 bytes), private keys as PKCS #8.
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

export async function importSigningKey(privateKey: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', privateKey, SIGNING, false, ['sign'])
}
