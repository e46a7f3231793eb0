// Makes and opens publishing.key: the key that signs site manifests, with the root's certificate,
// under its own passphrase. A person who deploys needs this file, but never root.key.
import { concat, readU32, u32, type Bytes } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { certifyPublisher, type PublishingKey } from '#scripts/manifest/signature'
import { importSigningKey, makeSigningPair } from '#scripts/org/keys'
import { openUnderPassphrase, sealUnderPassphrase } from '#scripts/org/files/passphrase-file'

export const PUBLISHING_FILE = 'publishing.key'
/**
 * The certificate is valid for only a year, so that a stolen key becomes useless after that time.
 */
const PUBLISHING_DAYS = 365

const WHAT = 'oasis/v1/publishing-file'
const CERTIFICATE_AT = POINT_BYTES + 4
const PRIVATE_AT = CERTIFICATE_AT + 64

/**
 * Makes a publishing key that the root certifies.
 *
 * @param rootPrivate  PKCS #8
 * @param today        days since 1970, UTC
 * @returns the text of publishing.key
 */
export async function makePublishingFile(
  rootPrivate: Bytes,
  passphrase: string,
  today: number,
): Promise<string> {
  const pair = await makeSigningPair()
  const rootKey = await importSigningKey(rootPrivate)
  const lastDay = today + PUBLISHING_DAYS
  const { certificate } = await certifyPublisher(rootKey, pair.publicKey, lastDay)
  const bytes = concat(pair.publicKey, u32(lastDay), certificate, pair.privateKey)
  return sealUnderPassphrase(passphrase, WHAT, bytes)
}

/** Opens the text of publishing.key. @throws Stop from openUnderPassphrase */
export async function openPublishingFile(passphrase: string, text: string): Promise<PublishingKey> {
  const bytes = await openUnderPassphrase(passphrase, WHAT, text)
  return {
    publicKey: bytes.slice(0, POINT_BYTES),
    lastDay: readU32(bytes, POINT_BYTES),
    certificate: bytes.slice(CERTIFICATE_AT, PRIVATE_AT),
    privateKey: await importSigningKey(bytes.slice(PRIVATE_AT)),
  }
}
