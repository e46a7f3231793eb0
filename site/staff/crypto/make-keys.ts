// Makes the keys of a new person. The private halves leave this module only in a form that is
// sealed under the master key.
import { fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import type { PersonKeys } from '#protocol/staff/people/sealed-keys'
import { PERSON_LABEL, type PrivateHalves } from './private-halves.ts'
import { makeHybridPair } from './seal-to.ts'

const MASTER_BYTES = 32

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

export interface NewKeys {
  keys: PersonKeys
  /** the caller wipes it */
  master: Bytes
  /** signs the newcomer's first statement, and cannot be exported */
  sign: CryptoKey
}

/** Makes a master key and seals two key pairs under it: X-Wing for opening, ECDSA for signing. */
export async function makeKeys(): Promise<NewKeys> {
  const [opening, signing] = await Promise.all([
    makeHybridPair(),
    crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
  ])
  const hpkePublic = toB64(opening.publicKey)
  const signPublic = toB64(new Uint8Array(await crypto.subtle.exportKey('raw', signing.publicKey)))
  const halves: PrivateHalves = {
    v: 1,
    hpke: toB64(opening.seed),
    sign: toB64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', signing.privateKey))),
    hpkePublic,
    signPublic,
  }
  const master = randomBytes(MASTER_BYTES)
  const sealed = await sealUnderKey(master, PERSON_LABEL, utf8(JSON.stringify(halves)))
  const sign = await crypto.subtle.importKey('pkcs8', fromB64(halves.sign), ECDSA, false, ['sign'])
  return { keys: { hpkePublic, signPublic, sealedPrivate: toB64(sealed) }, master, sign }
}
