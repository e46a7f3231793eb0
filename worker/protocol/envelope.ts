// Seals a report into an envelope of 4,096, 7,168 or 14,336 bytes, and reads the part of it that is open on purpose.
// Layout: docs/architecture.md, "Envelope". Plaintext and the content key must not leave sealEnvelope.
import { concat, randomBytes, readU32, sameBytes, sha256, u32, utf8, type Bytes } from './bytes.ts'
import { Refusal } from './errors.ts'
import { hpkeSeal } from './hpke-sender.ts'
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
  WRAPS,
} from './limits.ts'
import { padText } from './padding.ts'

export const KIND = { tip: 1, helpForMe: 2, helpForAnother: 3, followUp: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** Who can open: the intake key of an epoch and the recovery key, each an uncompressed P-256 point of 65 bytes. */
export interface SealingKeys {
  epoch: number
  intake: Bytes
  recovery: Bytes
}

/** What stands outside, readable by the edge. Hashes are random when the person wants no receipt. */
export interface OpenPart {
  kind: Kind
  /** somebody is in danger now */
  danger: boolean
  /** SHA-256 of the receipt's lookup, 32 bytes */
  lookupHash: Bytes
  /** SHA-256 of the receipt's write token, 32 bytes */
  writeHash: Bytes
}

export interface EnvelopeHeader extends OpenPart {
  epoch: number
  /** 16 random bytes */
  id: Bytes
  /** SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes */
  commitment: Bytes
}

/** One sealed copy of the content key: key id (8) ‖ enc (65) ‖ HPKE ciphertext (48). */
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
  /** first the intake key's, then the recovery key's */
  wraps: [Wrap, Wrap]
}

/** 8 bytes, the first of SHA-256(public key). */
export const keyIdOf = async (publicKey: Bytes): Promise<Bytes> =>
  (await sha256(publicKey)).slice(0, KEY_ID_BYTES)

/** HPKE info of a wrap: `oasis/v1/report` ‖ epoch ‖ key id. */
export const wrapInfo = (epoch: number, keyId: Bytes): Bytes =>
  concat(utf8('oasis/v1/report'), u32(epoch), keyId)

/** SHA-256(`oasis/v1/commit` ‖ CEK), 32 bytes. */
export const commitmentTo = (cek: Bytes): Promise<Bytes> => sha256(utf8('oasis/v1/commit'), cek)

/**
 * Seals `reportJson` (see report.ts) to both keys.
 *
 * @returns the envelope, exactly as long as the smallest of ENVELOPE_SIZES that holds it
 * @throws Refusal `text_too_long` when the JSON has more than MAX_REPORT_BYTES in UTF-8; whatever WebCrypto throws
 */
export async function sealEnvelope(
  keys: SealingKeys,
  open: OpenPart,
  reportJson: string,
): Promise<Bytes> {
  const needed = utf8(reportJson).length + ENVELOPE_OVERHEAD
  const size = ENVELOPE_SIZES.filter((each) => each >= needed)[0]
  if (!size) throw new Refusal('text_too_long')

  const cek = randomBytes(CEK_BYTES)
  const header = concat(
    new Uint8Array([VERSION, open.kind, open.danger ? 1 : 0, SUITE]),
    u32(keys.epoch),
    randomBytes(ID_BYTES),
    await commitmentTo(cek),
    open.lookupHash,
    open.writeHash,
  )
  const aesKey = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt'])
  const body = new Uint8Array(
    await crypto.subtle.encrypt(
      // The key serves once, so the nonce may be zero.
      { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: header },
      aesKey,
      padText(reportJson, size - ENVELOPE_OVERHEAD + LENGTH_BYTES),
    ),
  )
  const aad = await sha256(header, body)
  let envelope = concat(header, body)
  for (const publicKey of [keys.intake, keys.recovery]) {
    const keyId = await keyIdOf(publicKey)
    envelope = concat(
      envelope,
      keyId,
      await hpkeSeal(publicKey, wrapInfo(keys.epoch, keyId), aad, cek),
    )
  }
  return envelope
}

/**
 * Reads an envelope's form without any key.
 *
 * @throws Refusal `envelope_length`, `envelope_version`, `envelope_suite`, `envelope_kind`, or `envelope_malformed` for a
 *   danger byte other than 0 or 1 and for an id, commitment or hash of zeros only
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
  const id = take(ID_BYTES)
  const [commitment, lookupHash, writeHash] = [take(HASH_BYTES), take(HASH_BYTES), take(HASH_BYTES)]
  const body = take(bytes.length - HEADER_BYTES - WRAPS * WRAP_BYTES)
  const danger = bytes[2] ?? 0
  if (danger > 1 || [id, commitment, lookupHash, writeHash].some(isZero))
    throw new Refusal('envelope_malformed')

  const takeWrap = (): Wrap => ({
    keyId: take(KEY_ID_BYTES),
    enc: take(WRAP_BYTES - KEY_ID_BYTES - CEK_BYTES - TAG_BYTES),
    sealedCek: take(CEK_BYTES + TAG_BYTES),
  })
  return {
    kind,
    danger: danger === 1,
    epoch: readU32(bytes, 4),
    id,
    commitment,
    lookupHash,
    writeHash,
    headerBytes: bytes.slice(0, HEADER_BYTES),
    body,
    wraps: [takeWrap(), takeWrap()],
  }
}

const kindOf = (byte: number | undefined): Kind | undefined =>
  Object.values(KIND).find((kind) => kind === byte)

const isZero = (bytes: Bytes): boolean => sameBytes(bytes, new Uint8Array(bytes.length))
