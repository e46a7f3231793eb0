// Opens a sealed report. Every failure has the same code, `cannot_open`. The words are returned as
// a string, and the page shows them only as text.
import { concat, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { contentHashOf, contentOf } from '#protocol/report/letter-content'
import {
  commitmentTo,
  readContent,
  readEnvelope,
  reportIdOf,
  wrapInfo,
  type Envelope,
} from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES } from '#protocol/limits'
import { unpadText } from '#protocol/crypto/padding'
import { decodeB64 } from '#protocol/staff/native-b64'
import { hpkeOpen } from './hpke-open.ts'
import { type EpochKeys } from './named-keys.ts'
import { parseReport, type ReadReport } from './parse-report.ts'

export interface OpenReport {
  /** `at` is empty when the sealed value was not a minute of a real day */
  report: ReadReport
  header: Pick<
    Envelope,
    'headerId' | 'commitment' | 'kind' | 'danger' | 'ownerHash' | 'writeHash' | 'epoch' | 'suite'
  >
  /** false when the suite in the sealed words is not the suite in the header */
  isSuiteTrue: boolean
  /** report id, base64url */
  id: string
  /** the JSON exactly as it was sealed, because the reporter's MAC covers every byte of it */
  json: string
  /** content key, 32 bytes */
  cek: Bytes
}

/**
 * Opens a report that is not in a case yet. The id depends on every byte of the envelope.
 *
 * @param intake  the keys of the epochs that a person holds
 * @param bytes  the envelope as stored by the server
 * @throws Refusal `cannot_open`
 */
export async function openReport(
  intake: ReadonlyMap<number, EpochKeys>,
  bytes: Bytes,
): Promise<OpenReport> {
  try {
    const sealed = readEnvelope(bytes)
    const keys = intake.get(sealed.epoch)
    if (!keys) throw new Refusal('cannot_open')
    const cek = await openWrap(sealed, keys)
    return await openContent(bytes, toB64(await reportIdOf(bytes)), cek)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

/**
 * Opens a letter that was taken into a case. The id can no longer be computed, because the wrap was
 * removed. Instead, the log records the hash of the content.
 *
 * @param id      the id that the server claims for the letter, base64url
 * @param stored  header ‖ body
 * @param cek  the content key, from the case
 * @throws Refusal `cannot_open`
 */
export async function openTaken(id: string, stored: Bytes, cek: Bytes): Promise<OpenReport> {
  try {
    return await openContent(stored, id, cek)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

async function openContent(stored: Bytes, id: string, cek: Bytes): Promise<OpenReport> {
  const sealed = readContent(contentOf(stored))
  if (!sameBytes(await commitmentTo(cek), sealed.commitment)) throw new Refusal('cannot_open')
  const json = await openBody(sealed, cek)
  const { report, suite } = parseReport(json, id)
  return { report, header: sealed, isSuiteTrue: suite === sealed.suite, id, json, cek }
}

/**
 * Hashes header ‖ body of a stored letter as the case log does: SHA-256 in base64url.
 *
 * @param stored  base64url, with or without its wrap
 * @throws Error or Refusal for bytes that are not a letter
 */
export const contentHash = async (stored: string): Promise<string> =>
  toB64(await contentHashOf(decodeB64(stored)))

async function openWrap(sealed: Envelope, keys: EpochKeys): Promise<Bytes> {
  const { wrap } = sealed
  const aad = await sha256(sealed.headerBytes, sealed.body)
  const info = wrapInfo(sealed.epoch, wrap.keyId)
  const cek = await hpkeOpen(keys[sealed.suite], info, aad, concat(wrap.enc, wrap.sealedCek))
  if (cek.length !== CEK_BYTES) throw new Refusal('cannot_open')
  return cek
}

async function openBody(sealed: Omit<Envelope, 'wrap'>, cek: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const padded = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: sealed.headerBytes },
    key,
    sealed.body,
  )
  return unpadText(new Uint8Array(padded))
}
