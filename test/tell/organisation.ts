// A throw-away organisation for tests: keys whose private halves the test holds, and manifests of any epoch and age.
import { toB64, type Bytes } from '#protocol/bytes'
import { dayNumber } from '#protocol/limits'
import { certifyAdmin, signManifest } from '#protocol/manifest'

export interface TestOrganisation {
  rootB64: string
  intakePair: CryptoKeyPair
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
  const [intakePair, recoveryPair] = [await sealingPair(), await sealingPair()]
  const [adminPoint, intake, recovery] = [
    await pointOf(admin),
    await pointOf(intakePair),
    await pointOf(recoveryPair),
  ]
  const adminLastDay = TODAY + 400
  const certificate = await certifyAdmin(root.privateKey, adminPoint, adminLastDay)
  return {
    rootB64: toB64(await pointOf(root)),
    intakePair,
    manifestOf: (epoch, lastDay = TODAY + 100) =>
      signManifest(admin.privateKey, certificate, {
        epoch,
        firstDay: TODAY - 300,
        lastDay,
        intake,
        recovery,
        admin: adminPoint,
        adminLastDay,
      }),
  }
}

export const LONG_AGO = TODAY - 31
