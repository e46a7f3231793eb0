// Seals by HPKE (RFC 9180) in base mode, with one message for each context.
// Suite: DHKEM(P-256, HKDF-SHA256) / HKDF-SHA256 / AES-GCM.
// Another file has the code that opens, so that a module with this import can only seal.
import { concat, utf8, type Bytes } from '../bytes.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'

/** Length of an uncompressed P-256 point. Public keys and HPKE's `enc` are such points. */
export const POINT_BYTES = 65

const KEM_ID = [0, 0x10]
const KDF_ID = [0, 1]
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
 * @param info       binds the key schedule; any length
 * @param aad        authenticated with the ciphertext; any length
 * @param plaintext  any length
 * @param ephemeral  the sender's one-time pair; only tests with the RFC's vector give one
 * @param keyBytes   32 for AES-256-GCM (suite 1), 16 for AES-128-GCM (the RFC's vector)
 * @returns `enc` (65 bytes) ‖ ciphertext (plaintext length + 16)
 * @throws the error of WebCrypto, also when `publicKey` is no point of the curve
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

  const kem = labelled(concat(utf8('KEM'), new Uint8Array(KEM_ID)))
  const sharedSecret = await expand(
    await hkdfExtract(NONE, kem('eae_prk', shared)),
    32,
    kem('shared_secret', enc, publicKey),
  )

  const aeadId = keyBytes / 16 // 1: AES-128-GCM, 2: AES-256-GCM
  const hpke = labelled(concat(utf8('HPKE'), new Uint8Array([...KEM_ID, ...KDF_ID, 0, aeadId])))
  const context = concat(
    new Uint8Array(1),
    await hkdfExtract(NONE, hpke('psk_id_hash')),
    await hkdfExtract(NONE, hpke('info_hash', info)),
  )
  const secret = await hkdfExtract(sharedSecret, hpke('secret'))
  const key = await expand(secret, keyBytes, hpke('key', context))
  const iv = await expand(secret, 12, hpke('base_nonce', context))

  const aesKey = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const ciphertext = await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: aad },
    aesKey,
    plaintext,
  )
  return concat(enc, new Uint8Array(ciphertext))
}
