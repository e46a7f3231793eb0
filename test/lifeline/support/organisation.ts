// Makes a throwaway organisation for tests. The test holds the organisation's private keys, and can
// sign manifests for any epoch and of any age.
import { dayNumber } from '#protocol/time'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { certifyAdmin, signManifest } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'

export interface TestOrganisation {
  rootB64: string
  intakePair: CryptoKeyPair
  /** random bytes, because Node has no X-Wing */
  hybridKey: Bytes
  manifestOf(epoch: number, lastDay?: number): Promise<Bytes>
}

const TODAY = dayNumber(Date.now())

const signingPair = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
const sealingPair = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
const pointOf = async ({ publicKey }: CryptoKeyPair): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))

export async function makeTestOrganisation(): Promise<TestOrganisation> {
  const [root, admin] = [await signingPair(), await signingPair()]
  const intakePair = await sealingPair()
  const [adminPoint, intake] = [await pointOf(admin), await pointOf(intakePair)]
  const hybridKey = randomBytes(HYBRID_KEY_BYTES)
  const hybridHash = await sha256(hybridKey)
  const adminLastDay = TODAY + 400
  const certificate = await certifyAdmin(root.privateKey, adminPoint, adminLastDay)
  return {
    rootB64: toB64(await pointOf(root)),
    intakePair,
    hybridKey,
    manifestOf: (epoch, lastDay = TODAY + 100) =>
      signManifest(admin.privateKey, certificate, {
        epoch,
        firstDay: TODAY - 300,
        lastDay,
        intake,
        hybridHash,
        admin: adminPoint,
        adminLastDay,
      }),
  }
}

export const LONG_AGO = TODAY - 31
