// Seals with suite 2 through the `hpke` library, because Node has no X-Wing in WebCrypto.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from 'hpke'
import { concat, type Bytes } from '#protocol/bytes'
import type { SealCek } from '#protocol/report/seal-envelope'

/** HPKE of suite 2. */
export const suite2 = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

export const sealCekByLibrary: SealCek = async (publicKey, info, aad, cek): Promise<Bytes> => {
  const key = await suite2.DeserializePublicKey(publicKey)
  const { encapsulatedSecret, ciphertext } = await suite2.Seal(key, cek, { info, aad })
  return concat(encapsulatedSecret, ciphertext)
}
