// Reads the header of an envelope, and defines its parts. An envelope has one of three lengths;
// seal-envelope.ts seals it. docs/protocol/envelope.md describes the layout.
import { concat, readU32, sha256, u32, utf8, type Bytes } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import {
  CEK_BYTES,
  ENVELOPE_SIZES,
  HASH_BYTES,
  HEADER_BYTES,
  HYBRID_SUITE,
  HYBRID_WRAP_BYTES,
  ID_BYTES,
  KEY_ID_BYTES,
  SUITE,
  TAG_BYTES,
  VERSION,
  WRAP_BYTES,
} from '../limits.ts'

export const KIND = { tip: 1, helpForMe: 2, helpForAnother: 3, followUp: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** The algorithms of a wrap: 1 is P-256, 2 is X-Wing. */
export type Suite = 1 | 2

/** The key to which a report is sealed. */
export interface SealingKeys {
  epoch: number
  /** the epoch's public key: a P-256 point (65 bytes) in suite 1, a hybrid key in suite 2 */
  intake: Bytes
}

/**
 * The part of the header that the caller of sealEnvelope chooses. The edge can read the header.
 * The hashes are random bytes when the person wants no receipt.
 */
export interface ReportHeader {
  /** 16 random bytes, which the proof of work and the reporter's MAC cover */
  headerId: Bytes
  kind: Kind
  /** true when a person is in danger now */
  danger: boolean
  /** SHA-256 of the receipt's owner value, 32 bytes; see ownerOf */
  ownerHash: Bytes
  /** SHA-256 of the receipt's write token, 32 bytes */
  writeHash: Bytes
}

/** The complete header, in cleartext. */
export interface EnvelopeHeader extends ReportHeader {
  suite: Suite
  epoch: number
  /** SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes */
  commitment: Bytes
}

/** The content key sealed to one public key: key id (8) ‖ enc ‖ HPKE ciphertext (48). */
export interface Wrap {
  keyId: Bytes
  /** 65 bytes in suite 1, 1,120 in suite 2 */
  enc: Bytes
  sealedCek: Bytes
}

export interface Envelope extends EnvelopeHeader {
  /** bytes 0 to 119, as a view of the envelope */
  headerBytes: Bytes
  /** AES-256-GCM ciphertext with its tag, as a view of the envelope */
  body: Bytes
  wrap: Wrap
}

/**
 * Returns the id of a report: the first 16 bytes of SHA-256(envelope).
 *
 * The edge stores a report under this id. A changed copy gets a different id, so it cannot replace
 * the report.
 */
export const reportIdOf = async (envelope: Bytes): Promise<Bytes> =>
  (await sha256(envelope)).slice(0, ID_BYTES)

/** Returns the header id of an envelope without reading the rest. */
export const headerIdOf = (envelope: Bytes): Bytes => envelope.slice(8, 8 + ID_BYTES)

/** Returns the first 8 bytes of SHA-256(public key). */
export const keyIdOf = async (publicKey: Bytes): Promise<Bytes> =>
  (await sha256(publicKey)).slice(0, KEY_ID_BYTES)

/** Builds the HPKE info of a wrap: `oasis/v1/report` ‖ epoch (4, big endian) ‖ key id (8). */
export const wrapInfo = (epoch: number, keyId: Bytes): Bytes =>
  concat(utf8('oasis/v1/report'), u32(epoch), keyId)

/** Returns SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes. */
export const commitmentTo = (cek: Bytes): Promise<Bytes> => sha256(utf8('oasis/v1/commit'), cek)

/**
 * Splits an envelope into its parts, without any key.
 *
 * @throws Refusal with a code from readContent
 */
export function readEnvelope(bytes: Bytes): Envelope {
  const wrapBytes = wrapBytesOf(bytes)
  const content = readContent(bytes.subarray(0, Math.max(0, bytes.length - wrapBytes)))
  let offset = bytes.length - wrapBytes
  const take = (length: number): Bytes => bytes.slice(offset, (offset += length))
  return {
    ...content,
    wrap: {
      keyId: take(KEY_ID_BYTES),
      enc: take(wrapBytes - KEY_ID_BYTES - CEK_BYTES - TAG_BYTES),
      sealedCek: take(CEK_BYTES + TAG_BYTES),
    },
  }
}

/**
 * Splits header ‖ body of an envelope without its wrap into parts.
 *
 * @throws Refusal `envelope_length`, `envelope_version`, `envelope_suite` or `envelope_kind`
 * @throws Refusal `envelope_malformed` for a danger byte above 1, or an id, commitment or hash that
 *   is all zeros
 */
export function readContent(bytes: Bytes): Omit<Envelope, 'wrap'> {
  if (!(ENVELOPE_SIZES as readonly number[]).includes(bytes.length + wrapBytesOf(bytes)))
    throw new Refusal('envelope_length')
  if (bytes[0] !== VERSION) throw new Refusal('envelope_version')
  const suite = suiteOf(bytes[3])
  if (!suite) throw new Refusal('envelope_suite')
  const kind = kindOf(bytes[1])
  if (!kind) throw new Refusal('envelope_kind')

  let offset = 8
  const take = (length: number): Bytes => bytes.slice(offset, (offset += length))
  const headerId = take(ID_BYTES)
  const [commitment, ownerHash, writeHash] = [take(HASH_BYTES), take(HASH_BYTES), take(HASH_BYTES)]
  const danger = bytes[2] ?? 0
  if (danger > 1 || [headerId, commitment, ownerHash, writeHash].some(isZero))
    throw new Refusal('envelope_malformed')
  return {
    suite,
    kind,
    danger: danger === 1,
    epoch: readU32(bytes, 4),
    headerId,
    commitment,
    ownerHash,
    writeHash,
    headerBytes: bytes.subarray(0, HEADER_BYTES),
    body: bytes.subarray(HEADER_BYTES),
  }
}

const wrapBytesOf = (bytes: Bytes): number =>
  bytes[3] === HYBRID_SUITE ? HYBRID_WRAP_BYTES : WRAP_BYTES

const kindOf = (byte: number | undefined): Kind | undefined =>
  Object.values(KIND).find((kind) => kind === byte)

const suiteOf = (byte: number | undefined): Suite | undefined =>
  byte === SUITE || byte === HYBRID_SUITE ? byte : undefined

const isZero = (bytes: Bytes): boolean => bytes.every((byte) => byte === 0)
