// A new person's own keys. The private halves leave this module only sealed under the master key.
import { fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { type PersonKeys } from '#protocol/staff/people'
import { suite } from './hpke-open.ts'
import { PERSON_LABEL, type PrivateHalves } from './private-halves.ts'

const MASTER_BYTES = 32

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

const pkcs8Of = async (key: CryptoKey): Promise<string> =>
  toB64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)))

export interface NewKeys {
  keys: PersonKeys
  /** the caller wipes it */
  master: Bytes
  /** signs, and cannot be exported: a newcomer's first statement needs it */
  sign: CryptoKey
}

/** A master key and, under it, a pair that opens (HPKE) and a pair that signs (ECDSA). */
export async function makeKeys(): Promise<NewKeys> {
  const [opening, signing] = await Promise.all([
    suite.GenerateKeyPair(true),
    crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
  ])
  const hpkePublic = toB64(new Uint8Array(await suite.SerializePublicKey(opening.publicKey)))
  const signPublic = toB64(new Uint8Array(await crypto.subtle.exportKey('raw', signing.publicKey)))
  const halves: PrivateHalves = {
    v: 1,
    hpke: await pkcs8Of(opening.privateKey),
    sign: await pkcs8Of(signing.privateKey),
    hpkePublic,
    signPublic,
  }
  const master = randomBytes(MASTER_BYTES)
  const sealed = await sealUnderKey(master, PERSON_LABEL, utf8(JSON.stringify(halves)))
  const sign = await crypto.subtle.importKey('pkcs8', fromB64(halves.sign), ECDSA, false, ['sign'])
  return { keys: { hpkePublic, signPublic, sealedPrivate: toB64(sealed) }, master, sign }
}
