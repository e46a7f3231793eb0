// Seals with HPKE (RFC 9180) in base mode, with one message per context. Suite: DHKEM(P-256,
// HKDF-SHA256) / HKDF-SHA256 / AES-GCM. scheduleKey is also used with another KEM: see
// hpke-seal-hybrid.ts. The code for opening is in another file, so that a module that imports this
// file can only seal.
import { concat, utf8, type Bytes } from '../bytes.ts'
import { sealAesGcm } from './aead-seal.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'

/** Length of an uncompressed P-256 point. Public keys and HPKE's `enc` are such points. */
export const POINT_BYTES = 65

const NONE = new Uint8Array(0)
const P256 = { name: 'ECDH', namedCurve: 'P-256' }

type Labelled = (label: string, ...rest: Uint8Array[]) => Bytes

// RFC 9180, section 4: LabeledExtract and LabeledExpand
const labelled =
  (suiteId: Bytes): Labelled =>
  (label, ...rest) =>
    concat(utf8('HPKE-v1'), suiteId, utf8(label), ...rest)
const expand = (key: Bytes, length: number, labelledInfo: Bytes): Promise<Bytes> =>
  hkdfExpand(key, concat(new Uint8Array([0, length]), labelledInfo), length)

/**
 * Seals `plaintext` to `publicKey`: Encap, KeySchedule and Seal with sequence number 0
 * (RFC 9180, sections 4.1, 5.1 and 6.1).
 *
 * @param publicKey  65 bytes, an uncompressed P-256 point
 * @param info       bound to the key schedule; any length
 * @param aad        authenticated with the ciphertext; any length
 * @param plaintext  any length
 * @param ephemeral  the sender's one-time key pair; only tests with the RFC's vectors pass it
 * @param keyBytes   32 for AES-256-GCM (suite 1), 16 for AES-128-GCM (the RFC's vector)
 * @returns `enc` (65 bytes) ‖ ciphertext (plaintext length + 16)
 * @throws the error of WebCrypto, including when `publicKey` is not a point on the curve
 */
export async function hpkeSeal(
  publicKey: Bytes,
  info: Bytes,
  aad: Bytes,
  plaintext: Bytes,
  ephemeral?: CryptoKeyPair,
  keyBytes: 16 | 32 = 32,
): Promise<Bytes> {
  const { subtle } = crypto
  const recipient = await subtle.importKey('raw', publicKey, P256, false, [])
  const pair = ephemeral || (await subtle.generateKey(P256, true, ['deriveBits']))
  const enc = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
  const shared = new Uint8Array(
    await subtle.deriveBits({ name: 'ECDH', public: recipient }, pair.privateKey, 256),
  )

  const kem = labelled(concat(utf8('KEM'), new Uint8Array([0, 0x10])))
  const sharedSecret = await expand(
    await hkdfExtract(NONE, kem('eae_prk', shared)),
    32,
    kem('shared_secret', enc, publicKey),
  )
  const aeadId = keyBytes / 16 // 1: AES-128-GCM, 2: AES-256-GCM
  const keys = await scheduleKey([0, 0x10, 0, 1, 0, aeadId], sharedSecret, info, keyBytes)
  return concat(enc, await sealAesGcm(...keys, aad, plaintext))
}

/**
 * Derives the key and the nonce of a context in base mode (RFC 9180, section 5.1).
 *
 * @param ids           numbers of KEM, KDF and AEAD in HPKE, two bytes each
 * @param sharedSecret  the KEM's shared secret, 32 bytes
 * @param keyBytes      length of the key
 * @returns key and base nonce (12 bytes)
 */
export async function scheduleKey(
  ids: readonly number[],
  sharedSecret: Bytes,
  info: Bytes,
  keyBytes: 16 | 32,
): Promise<[key: Bytes, nonce: Bytes]> {
  const hpke = labelled(concat(utf8('HPKE'), new Uint8Array(ids)))
  const context = concat(
    new Uint8Array(1),
    await hkdfExtract(NONE, hpke('psk_id_hash')),
    await hkdfExtract(NONE, hpke('info_hash', info)),
  )
  const secret = await hkdfExtract(sharedSecret, hpke('secret'))
  return [
    await expand(secret, keyBytes, hpke('key', context)),
    await expand(secret, 12, hpke('base_nonce', context)),
  ]
}
