// A message sealed as a page would seal it and opened as staff would: proves that a private key is the one it should be.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import { randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { hpkeSeal, POINT_BYTES } from '#protocol/hpke-sender'

const INFO = utf8('oasis/v1/probe')

export async function probeFor(publicKey: Bytes): Promise<{ plain: Bytes; sealed: Bytes }> {
  const plain = randomBytes(32)
  return { plain, sealed: await hpkeSeal(publicKey, INFO, new Uint8Array(0), plain) }
}

export async function openProbe(
  privateKey: CryptoKey,
  publicKey: Bytes,
  sealed: Bytes,
): Promise<Uint8Array> {
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
  const pair = { privateKey, publicKey: await suite.DeserializePublicKey(publicKey) }
  return suite.Open(pair, sealed.slice(0, POINT_BYTES), sealed.slice(POINT_BYTES), { info: INFO })
}
