// The signed manifest: whom a page may seal to. The root's public key is pinned in the page at build; nothing else is trusted.
//
// offset  bytes  field
//      0      1  version = 1
//      1      1  suite = 1
//      2      4  epoch
//      6      4  first day (days since 1970, UTC)
//     10      4  last day
//     14     65  intake public key
//     79     65  recovery public key
//    144     65  admin's ECDSA public key
//    209      4  last day of the admin's certificate
//    213     64  certificate: root's signature over `oasis/v1/admin` ‖ admin key ‖ its last day
//    277     64  admin's signature over `oasis/v1/manifest` ‖ bytes 0 to 276
import { concat, readU32, u32, utf8, type Bytes } from './bytes.ts'
import type { SealingKeys } from './envelope.ts'
import { Refusal } from './errors.ts'
import { POINT_BYTES } from './hpke-sender.ts'
import { dayNumber, GRACE_DAYS, SUITE, VERSION } from './limits.ts'

export const MANIFEST_BYTES = 341
const ADMIN_AT = 144
const CERTIFICATE_AT = 213
const SIGNATURE_AT = 277
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export interface Manifest extends SealingKeys {
  /** days since 1970, UTC */
  firstDay: number
  lastDay: number
  admin: Bytes
  adminLastDay: number
}

/** Signs bytes with an ECDSA P-256 private key: 64 bytes, r ‖ s (IEEE P1363, as WebCrypto gives it). */
export const signBytes = async (privateKey: CryptoKey, signed: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, signed))

/** True when `signature` is the key's over `signed`. False, never a throw, for a key that is no point. */
export async function isSignedBy(
  publicKey: Bytes,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, ECDSA, false, ['verify'])
    return await crypto.subtle.verify(ECDSA, key, signature, signed)
  } catch {
    return false
  }
}

const adminStatement = (adminAndLastDay: Bytes): Bytes =>
  concat(utf8('oasis/v1/admin'), adminAndLastDay)
const manifestStatement = (unsigned: Bytes): Bytes => concat(utf8('oasis/v1/manifest'), unsigned)

/** The root's certificate for an admin key (65 bytes), 64 bytes: good until `lastDay`, in days since 1970. */
export const certifyAdmin = (rootKey: CryptoKey, admin: Bytes, lastDay: number): Promise<Bytes> =>
  signBytes(rootKey, adminStatement(concat(admin, u32(lastDay))))

/** Encodes a manifest with the certificate of its admin key (64 bytes) and signs it: MANIFEST_BYTES. */
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
    manifest.recovery,
    manifest.admin,
    u32(manifest.adminLastDay),
    certificate,
  )
  return concat(unsigned, await signBytes(adminKey, manifestStatement(unsigned)))
}

/** Reads a manifest's fields without trusting them. Throws Refusal `manifest_malformed` or `manifest_suite`. */
export function readManifest(bytes: Bytes): Manifest {
  if (bytes.length !== MANIFEST_BYTES || bytes[0] !== VERSION)
    throw new Refusal('manifest_malformed')
  if (bytes[1] !== SUITE) throw new Refusal('manifest_suite')
  return {
    epoch: readU32(bytes, 2),
    firstDay: readU32(bytes, 6),
    lastDay: readU32(bytes, 10),
    intake: bytes.slice(14, 14 + POINT_BYTES),
    recovery: bytes.slice(79, 79 + POINT_BYTES),
    admin: bytes.slice(ADMIN_AT, ADMIN_AT + POINT_BYTES),
    adminLastDay: readU32(bytes, 209),
  }
}

/**
 * The keys to seal to, if the pinned `root` (65 bytes) vouches for them today.
 *
 * A first day in the future is no reason to refuse: old phones lose their clock, and a refused plea is worse.
 *
 * @throws Refusal `manifest_malformed`, `manifest_suite`, `manifest_signature`, or `manifest_expired` when the last day of the
 *   manifest or of the admin's certificate is more than GRACE_DAYS ago
 */
export async function trustedManifest(bytes: Bytes, root: Bytes, nowMs: number): Promise<Manifest> {
  const manifest = readManifest(bytes)
  const certified = await isSignedBy(
    root,
    bytes.slice(CERTIFICATE_AT, SIGNATURE_AT),
    adminStatement(bytes.slice(ADMIN_AT, CERTIFICATE_AT)),
  )
  const signed =
    certified &&
    (await isSignedBy(
      manifest.admin,
      bytes.slice(SIGNATURE_AT),
      manifestStatement(bytes.slice(0, SIGNATURE_AT)),
    ))
  if (!signed) throw new Refusal('manifest_signature')
  if (isOver(manifest, nowMs)) throw new Refusal('manifest_expired')
  return manifest
}

/** True when the last day of a manifest, or of its admin's certificate, is more than GRACE_DAYS ago. */
export const isOver = ({ lastDay, adminLastDay }: Manifest, nowMs: number): boolean =>
  dayNumber(nowMs) > Math.min(lastDay, adminLastDay) + GRACE_DAYS
