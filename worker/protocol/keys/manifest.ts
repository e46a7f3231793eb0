// Signs and verifies the manifest, which lists the keys to which a page may seal. The build pins
// the root's public key in the page, and the page trusts nothing else.
//
// offset  bytes  field
//      0      1  version = 1
//      1      1  suite = 1
//      2      4  epoch
//      6      4  first day (days since 1970, UTC)
//     10      4  last day
//     14     65  intake public key
//     79     32  SHA-256 of the hybrid key
//    111     65  admin's ECDSA public key
//    176      4  last day of the admin's certificate
//    180     64  certificate: root's signature over `oasis/v1/admin` ‖ admin key ‖ its last day
//    244     64  admin's signature over `oasis/v1/manifest` ‖ bytes 0 to 243
import { dayNumber } from '../time.ts'
import { concat, readU32, u32, utf8, type Bytes } from '../bytes.ts'
import type { SealingKeys } from '../report/envelope.ts'
import { Refusal } from '../errors.ts'
import { POINT_BYTES } from '../crypto/hpke-seal.ts'
import { GRACE_DAYS, SUITE, VERSION } from '../limits.ts'
import { isSignedBy, signBytes } from './signatures.ts'

export const MANIFEST_BYTES = 308
const HYBRID_HASH_AT = 79
const ADMIN_AT = 111
const CERTIFICATE_AT = 180
const SIGNATURE_AT = 244

/** The fields of a manifest. `intake` and `admin` are uncompressed P-256 points of 65 bytes. */
export interface Manifest extends SealingKeys {
  /** days since 1970, UTC */
  firstDay: number
  /** days since 1970, UTC */
  lastDay: number
  /** SHA-256 of the epoch's hybrid key, 32 bytes; the key itself is too long for a manifest */
  hybridHash: Bytes
  /** the admin's ECDSA public key */
  admin: Bytes
  /** last day of the admin's certificate, in days since 1970, UTC */
  adminLastDay: number
}

const adminStatement = (adminAndLastDay: Bytes): Bytes =>
  concat(utf8('oasis/v1/admin'), adminAndLastDay)
const manifestStatement = (unsigned: Bytes): Bytes => concat(utf8('oasis/v1/manifest'), unsigned)

/**
 * Signs the root's certificate for an admin key.
 *
 * @param admin    65 bytes
 * @param lastDay  last day of the certificate, in days since 1970, UTC
 * @returns 64 bytes
 */
export const certifyAdmin = (rootKey: CryptoKey, admin: Bytes, lastDay: number): Promise<Bytes> =>
  signBytes(rootKey, adminStatement(concat(admin, u32(lastDay))))

/** Returns true when the root has certified an admin key until `lastDay`. */
export const isCertified = (
  root: Bytes,
  admin: Bytes,
  lastDay: number,
  certificate: Bytes,
): Promise<boolean> => isSignedBy(root, certificate, adminStatement(concat(admin, u32(lastDay))))

/**
 * Encodes a manifest with the certificate of its admin key (64 bytes) and signs it.
 *
 * @returns MANIFEST_BYTES bytes
 */
export async function signManifest(
  adminKey: CryptoKey,
  certificate: Bytes,
  manifest: Manifest,
): Promise<Bytes> {
  const unsigned = concat(
    new Uint8Array([VERSION, SUITE]),
    u32(manifest.epoch),
    u32(manifest.firstDay),
    u32(manifest.lastDay),
    manifest.intake,
    manifest.hybridHash,
    manifest.admin,
    u32(manifest.adminLastDay),
    certificate,
  )
  return concat(unsigned, await signBytes(adminKey, manifestStatement(unsigned)))
}

/**
 * Reads the fields of a manifest without verifying its signatures.
 *
 * @throws Refusal `manifest_malformed` for a wrong length or version, or `manifest_suite`
 */
export function readManifest(bytes: Bytes): Manifest {
  if (bytes.length !== MANIFEST_BYTES || bytes[0] !== VERSION)
    throw new Refusal('manifest_malformed')
  if (bytes[1] !== SUITE) throw new Refusal('manifest_suite')
  return {
    epoch: readU32(bytes, 2),
    firstDay: readU32(bytes, 6),
    lastDay: readU32(bytes, 10),
    intake: bytes.slice(14, HYBRID_HASH_AT),
    hybridHash: bytes.slice(HYBRID_HASH_AT, ADMIN_AT),
    admin: bytes.slice(ADMIN_AT, ADMIN_AT + POINT_BYTES),
    adminLastDay: readU32(bytes, ADMIN_AT + POINT_BYTES),
  }
}

/**
 * Verifies a manifest under the pinned root key and returns the keys to seal to.
 *
 * The page accepts a first day in the future, because the clocks of old phones are often wrong.
 * Refusing a report would be worse.
 *
 * @param root  the root's public key, 65 bytes
 * @throws Refusal `manifest_malformed`, `manifest_suite` or `manifest_signature`
 * @throws Refusal `manifest_expired` as in isExpired
 */
export async function trustedManifest(bytes: Bytes, root: Bytes, nowMs: number): Promise<Manifest> {
  const manifest = readManifest(bytes)
  if (!(await isManifestSigned(bytes, root))) throw new Refusal('manifest_signature')
  if (isExpired(manifest, nowMs)) throw new Refusal('manifest_expired')
  return manifest
}

/**
 * Returns true when the root certified the signer of a manifest, even if the certificate has
 * expired.
 */
export const isManifestSigned = async (bytes: Bytes, root: Bytes): Promise<boolean> =>
  (await isSignedBy(
    root,
    bytes.slice(CERTIFICATE_AT, SIGNATURE_AT),
    adminStatement(bytes.slice(ADMIN_AT, CERTIFICATE_AT)),
  )) &&
  isSignedBy(
    readManifest(bytes).admin,
    bytes.slice(SIGNATURE_AT),
    manifestStatement(bytes.slice(0, SIGNATURE_AT)),
  )

/** Returns true when the manifest or its certificate ended more than GRACE_DAYS ago. */
export const isExpired = ({ lastDay, adminLastDay }: Manifest, nowMs: number): boolean =>
  dayNumber(nowMs) > Math.min(lastDay, adminLastDay) + GRACE_DAYS
