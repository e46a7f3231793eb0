// Seals by suite 2 with the library `hpke`, because Node has no X-Wing in WebCrypto.
import { concat, type Bytes } from '#protocol/bytes'
import type { SealCek } from '#protocol/report/seal-envelope'
import { suite2 } from '#scripts/org/keys'

export const sealCekByLibrary: SealCek = async (publicKey, info, aad, cek): Promise<Bytes> => {
  const key = await suite2.DeserializePublicKey(publicKey)
  const { encapsulatedSecret, ciphertext } = await suite2.Seal(key, cek, { info, aad })
  return concat(encapsulatedSecret, ciphertext)
}
