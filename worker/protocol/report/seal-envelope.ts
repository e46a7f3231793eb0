// Seals a report into an envelope of 4,096, 7,168 or 14,336 bytes. Neither the plaintext nor the
// content key (CEK) may leave sealerOf. docs/protocol/envelope.md describes the layout.
import { concat, randomBytes, sha256, u32, utf8, type Bytes } from '../bytes.ts'
import { sealAesGcm } from '../crypto/aead-seal.ts'
import { hpkeSeal } from '../crypto/hpke-seal.ts'
import { padText } from '../crypto/padding.ts'
import {
  CEK_BYTES,
  ENVELOPE_SIZES,
  HEADER_BYTES,
  LENGTH_BYTES,
  SUITE,
  TAG_BYTES,
  VERSION,
  WRAP_BYTES,
} from '../limits.ts'
import {
  commitmentTo,
  keyIdOf,
  wrapInfo,
  type ReportHeader,
  type SealingKeys,
  type Suite,
} from './envelope.ts'

/** Seals the content key to a public key, in the same way as hpkeSeal. */
export type SealCek = (publicKey: Bytes, info: Bytes, aad: Bytes, cek: Bytes) => Promise<Bytes>

/**
 * Adds the reporter's MAC to the JSON of a report; see addReporterMac. The sealer calls this
 * function, because only the sealer knows the commitment.
 */
export type AddMac = (commitment: Bytes, json: string) => Promise<string>

/**
 * Seals a report to the key of an epoch.
 *
 * @param reportJson  JSON of a PlainReport
 * @returns the envelope, in the smallest of ENVELOPE_SIZES that fits
 * @throws Refusal `text_too_long` when the JSON has more UTF-8 bytes than the suite has room for
 * @throws any error from WebCrypto
 */
export type SealEnvelope = (
  keys: SealingKeys,
  header: ReportHeader,
  reportJson: string,
  addMac?: AddMac,
) => Promise<Bytes>

/**
 * Returns a function that seals with the given suite.
 *
 * @param wrapBytes  length of the suite's wrap
 */
export const sealerOf =
  (suite: Suite, wrapBytes: number, sealCek: SealCek): SealEnvelope =>
  async ({ epoch, intake }, header, reportJson, addMac) => {
    const cek = randomBytes(CEK_BYTES)
    const commitment = await commitmentTo(cek)
    const json = addMac ? await addMac(commitment, reportJson) : reportJson
    const besidesPlaintext = HEADER_BYTES + TAG_BYTES + wrapBytes
    const needed = utf8(json).length + LENGTH_BYTES + besidesPlaintext
    // If the JSON does not fit into any size, padText refuses it.
    const size = ENVELOPE_SIZES.filter((each) => each >= needed)[0] || 0

    const headerBytes = concat(
      new Uint8Array([VERSION, header.kind, header.danger ? 1 : 0, suite]),
      u32(epoch),
      header.headerId,
      commitment,
      header.ownerHash,
      header.writeHash,
    )
    const plaintext = padText(json, size - besidesPlaintext)
    // The nonce may be zero, because this key seals no other message.
    const body = await sealAesGcm(cek, new Uint8Array(12), headerBytes, plaintext)
    const aad = await sha256(headerBytes, body)
    const keyId = await keyIdOf(intake)
    const wrapped = await sealCek(intake, wrapInfo(epoch, keyId), aad, cek)
    return concat(headerBytes, body, keyId, wrapped)
  }

/** Seals a report with suite 1, which every browser and the worker support. */
export const sealEnvelope: SealEnvelope = sealerOf(SUITE, WRAP_BYTES, hpkeSeal)
