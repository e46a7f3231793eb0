// Seals a report into an envelope of 4,096, 7,168 or 14,336 bytes, and reads its header.
// Plaintext and the content key (CEK) must not leave sealEnvelope.
// Layout: docs/protocol/envelope.md.
import { concat, randomBytes, readU32, sameBytes, sha256, u32, utf8, type Bytes } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import { hpkeSeal } from '../crypto/hpke-seal.ts'
import {
  CEK_BYTES,
  ENVELOPE_OVERHEAD,
  ENVELOPE_SIZES,
  HASH_BYTES,
  HEADER_BYTES,
  ID_BYTES,
  KEY_ID_BYTES,
  LENGTH_BYTES,
  SUITE,
  TAG_BYTES,
  VERSION,
  WRAP_BYTES,
} from '../limits.ts'
import { padText } from '../crypto/padding.ts'

export const KIND = { tip: 1, helpForMe: 2, helpForAnother: 3, followUp: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** The key that a report is sealed to. */
export interface SealingKeys {
  epoch: number
  /** the epoch's public key, an uncompressed P-256 point of 65 bytes */
  intake: Bytes
}

/**
 * The part of the header that the caller of sealEnvelope chooses. The edge can read the header.
 * The hashes are random bytes when the person wants no receipt.
 */
export interface ReportHeader {
  /** 16 random bytes, which a proof of work and the reporter's mac name */
  headerId: Bytes
  kind: Kind
  /** somebody is in danger now */
  danger: boolean
  /** SHA-256 of the receipt's owner value, 32 bytes; see ownerOf */
  ownerHash: Bytes
  /** SHA-256 of the receipt's write token, 32 bytes */
  writeHash: Bytes
}

/** The whole header, in cleartext. */
export interface EnvelopeHeader extends ReportHeader {
  epoch: number
  /** SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes */
  commitment: Bytes
}

/** The content key sealed to one public key: key id (8) ‖ enc (65) ‖ HPKE ciphertext (48). */
export interface Wrap {
  keyId: Bytes
  enc: Bytes
  sealedCek: Bytes
}

export interface Envelope extends EnvelopeHeader {
  /** bytes 0 to 119 */
  headerBytes: Bytes
  /** AES-256-GCM ciphertext with its tag */
  body: Bytes
  wrap: Wrap
}

/**
 * Returns the id of a report: the first 16 bytes of SHA-256(envelope).
 *
 * The edge stores a report under this id. A copy that somebody changed has another id, so that the
 * copy cannot replace the report.
 */
export const reportIdOf = async (envelope: Bytes): Promise<Bytes> =>
  (await sha256(envelope)).slice(0, ID_BYTES)

/** Returns the first 8 bytes of SHA-256(public key). */
export const keyIdOf = async (publicKey: Bytes): Promise<Bytes> =>
  (await sha256(publicKey)).slice(0, KEY_ID_BYTES)

/** Builds the HPKE info of a wrap: `oasis/v1/report` ‖ epoch (4, big endian) ‖ key id (8). */
export const wrapInfo = (epoch: number, keyId: Bytes): Bytes =>
  concat(utf8('oasis/v1/report'), u32(epoch), keyId)

/** Returns SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes. */
export const commitmentTo = (cek: Bytes): Promise<Bytes> => sha256(utf8('oasis/v1/commit'), cek)

/**
 * Seals a report to the key of an epoch.
 *
 * @param reportJson  JSON of a PlainReport
 * @param addMac  adds the reporter's mac to the JSON, because only this function knows the
 *   commitment; see addReporterMac
 * @returns the envelope, as long as the smallest of ENVELOPE_SIZES that holds it
 * @throws Refusal `text_too_long` when the JSON has more than MAX_REPORT_BYTES in UTF-8
 * @throws the error of WebCrypto
 */
export async function sealEnvelope(
  keys: SealingKeys,
  header: ReportHeader,
  reportJson: string,
  addMac?: (commitment: Bytes) => Promise<string>,
): Promise<Bytes> {
  const cek = randomBytes(CEK_BYTES)
  const commitment = await commitmentTo(cek)
  const json = addMac ? await addMac(commitment) : reportJson
  const needed = utf8(json).length + ENVELOPE_OVERHEAD
  const size = ENVELOPE_SIZES.filter((each) => each >= needed)[0]
  if (!size) throw new Refusal('text_too_long')

  const headerBytes = concat(
    new Uint8Array([VERSION, header.kind, header.danger ? 1 : 0, SUITE]),
    u32(keys.epoch),
    header.headerId,
    commitment,
    header.ownerHash,
    header.writeHash,
  )
  const aesKey = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt'])
  const body = new Uint8Array(
    await crypto.subtle.encrypt(
      // The nonce may be zero, because no other message has this key.
      { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: headerBytes },
      aesKey,
      padText(json, size - ENVELOPE_OVERHEAD + LENGTH_BYTES),
    ),
  )
  const aad = await sha256(headerBytes, body)
  const keyId = await keyIdOf(keys.intake)
  const wrapped = await hpkeSeal(keys.intake, wrapInfo(keys.epoch, keyId), aad, cek)
  return concat(headerBytes, body, keyId, wrapped)
}

/**
 * Splits an envelope into its parts, without any key.
 *
 * @throws Refusal `envelope_length`, `envelope_version`, `envelope_suite` or `envelope_kind`
 * @throws Refusal `envelope_malformed` when the danger byte is not 0 or 1, or when the id, the
 *   commitment or a hash is all zeros
 */
export function readEnvelope(bytes: Bytes): Envelope {
  if (!(ENVELOPE_SIZES as readonly number[]).includes(bytes.length))
    throw new Refusal('envelope_length')
  if (bytes[0] !== VERSION) throw new Refusal('envelope_version')
  if (bytes[3] !== SUITE) throw new Refusal('envelope_suite')
  const kind = kindOf(bytes[1])
  if (!kind) throw new Refusal('envelope_kind')

  let offset = 8
  const take = (length: number): Bytes => bytes.slice(offset, (offset += length))
  const headerId = take(ID_BYTES)
  const [commitment, ownerHash, writeHash] = [take(HASH_BYTES), take(HASH_BYTES), take(HASH_BYTES)]
  const body = take(bytes.length - HEADER_BYTES - WRAP_BYTES)
  const danger = bytes[2] ?? 0
  if (danger > 1 || [headerId, commitment, ownerHash, writeHash].some(isZero))
    throw new Refusal('envelope_malformed')

  return {
    kind,
    danger: danger === 1,
    epoch: readU32(bytes, 4),
    headerId,
    commitment,
    ownerHash,
    writeHash,
    headerBytes: bytes.slice(0, HEADER_BYTES),
    body,
    wrap: {
      keyId: take(KEY_ID_BYTES),
      enc: take(WRAP_BYTES - KEY_ID_BYTES - CEK_BYTES - TAG_BYTES),
      sealedCek: take(CEK_BYTES + TAG_BYTES),
    },
  }
}

const kindOf = (byte: number | undefined): Kind | undefined =>
  Object.values(KIND).find((kind) => kind === byte)

const isZero = (bytes: Bytes): boolean => sameBytes(bytes, new Uint8Array(bytes.length))
