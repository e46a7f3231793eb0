// Makes a small organisation for tests, with real keys and a signed manifest. The test organisation
// also includes the private keys, which the edge never has.
import { dayNumber } from '#protocol/time'
import { CipherSuite, AEAD_AES_256_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { certifyAdmin, signManifest, type Manifest } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'

export const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

const P256_ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

export interface SigningPair {
  publicKey: Bytes
  privateKey: CryptoKey
}

export async function signingPair(): Promise<SigningPair> {
  const pair = await crypto.subtle.generateKey(P256_ECDSA, true, ['sign', 'verify'])
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  }
}

export async function hpkePair() {
  const pair = await suite.GenerateKeyPair(true)
  const publicKey = new Uint8Array(await suite.SerializePublicKey(pair.publicKey))
  return { publicKey, privateKey: pair.privateKey }
}

/** @param hybridKey  random bytes when no test opens with suite 2, because workerd has no X-Wing */
export async function organisation(
  nowMs: number,
  changes: Partial<Manifest> = {},
  hybridKey: Bytes = randomBytes(HYBRID_KEY_BYTES),
) {
  const [root, admin, intake] = await Promise.all([signingPair(), signingPair(), hpkePair()])
  const today = dayNumber(nowMs)
  const manifest: Manifest = {
    epoch: 1,
    firstDay: today - 1,
    lastDay: today + 90,
    intake: intake.publicKey,
    hybridHash: await sha256(hybridKey),
    admin: admin.publicKey,
    adminLastDay: today + 365,
    ...changes,
  }
  const certificate = await certifyAdmin(root.privateKey, manifest.admin, manifest.adminLastDay)
  const manifestBytes = await signManifest(admin.privateKey, certificate, manifest)
  return { root, admin, intake, hybridKey, manifest, manifestBytes }
}
