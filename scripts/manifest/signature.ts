// Signs a site manifest with the publishing key, and verifies the signature under the root key. The
// signature is a file beside the manifest, because WEBCAT supports only Ed25519 signatures.
//
// offset  bytes  field
//      0     65  publishing key, ECDSA P-256
//     65      4  last day of its certificate (days since 1970, UTC)
//     69     64  certificate: root's signature over `oasis/v1/publish-key` ‖ bytes 0 to 68
//    133     64  publishing key's signature over `oasis/v1/publish-site` ‖ the site manifest
import { concat, readU32, u32, utf8, type Bytes } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { DAY_MS } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import { Stop } from '#scripts/shared/progress'

const ECDSA_BYTES = 64
const CERTIFICATE_AT = POINT_BYTES + 4
const SIGNATURE_AT = CERTIFICATE_AT + ECDSA_BYTES
const SIGNATURE_BYTES = SIGNATURE_AT + ECDSA_BYTES

/** The public half of a publishing key, and the root's certificate for it. */
export interface Publisher {
  /** 65 bytes */
  publicKey: Bytes
  /** last day of the certificate, in days since 1970, UTC */
  lastDay: number
  /** 64 bytes */
  certificate: Bytes
}

export interface PublishingKey extends Publisher {
  privateKey: CryptoKey
}

const keyStatement = (keyAndLastDay: Bytes): Bytes =>
  concat(utf8('oasis/v1/publish-key'), keyAndLastDay)
const siteStatement = (siteManifest: Bytes): Bytes =>
  concat(utf8('oasis/v1/publish-site'), siteManifest)

/** Signs the root's certificate for a publishing key. */
export async function certifyPublisher(
  rootKey: CryptoKey,
  publicKey: Bytes,
  lastDay: number,
): Promise<Publisher> {
  const statement = keyStatement(concat(publicKey, u32(lastDay)))
  return { publicKey, lastDay, certificate: await signBytes(rootKey, statement) }
}

/** Signs the bytes of a site manifest. @returns SIGNATURE_BYTES bytes */
export const signSite = async (
  privateKey: CryptoKey,
  { publicKey, lastDay, certificate }: Publisher,
  siteManifest: Bytes,
): Promise<Bytes> =>
  concat(
    ...[publicKey, u32(lastDay), certificate],
    await signBytes(privateKey, siteStatement(siteManifest)),
  )

/** Returns the last day of the certificate in a signature, in days since 1970, UTC. */
export const lastDayOfPublisher = (signature: Bytes): number => readU32(signature, POINT_BYTES)

/**
 * Verifies the signature of a site manifest.
 *
 * @param root  the root's public key, 65 bytes
 * @throws Stop for a wrong length, certificate or signature, and after the certificate's last day
 */
export async function verifySite(
  siteManifest: Bytes,
  signature: Bytes,
  root: Bytes,
  nowMs: number,
): Promise<void> {
  if (signature.length !== SIGNATURE_BYTES)
    throw new Stop(`The signature of the site manifest must have ${SIGNATURE_BYTES} bytes.`)
  const publicKey = signature.slice(0, POINT_BYTES)
  const lastDay = lastDayOfPublisher(signature)
  const certificate = signature.slice(CERTIFICATE_AT, SIGNATURE_AT)
  if (!(await isSignedBy(root, certificate, keyStatement(signature.slice(0, CERTIFICATE_AT)))))
    throw new Stop('The root key has not certified the key that signed the site manifest.')
  const ownSignature = signature.slice(SIGNATURE_AT)
  if (!(await isSignedBy(publicKey, ownSignature, siteStatement(siteManifest))))
    throw new Stop('The site manifest is not the one that the publishing key signed.')
  if (dayNumber(nowMs) > lastDay) {
    const day = new Date(lastDay * DAY_MS).toISOString().slice(0, 10)
    throw new Stop(`The certificate of the publishing key ended after ${day}.`)
  }
}
