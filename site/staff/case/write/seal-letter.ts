// Uses the code of the public page to seal a letter that a colleague wrote down for a person. The
// letter contains the id of the colleague who wrote it down. Only the reporter receives the number.
import { fromB64, randomBytes, sameBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES, ID_BYTES, MAX_TEXT_BYTES } from '#protocol/limits'
import { isExpired, readManifest } from '#protocol/keys/manifest'
import { reportIdOf, type SealingKeys } from '#protocol/report/envelope'
import { contentHashOf } from '#protocol/report/letter-content'
import { hasWords, type PlainReport } from '#protocol/report/plain-report'
import { makeReceipt, ownerOf, receiptKeys } from '#protocol/report/receipt'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { minuteOf } from '#protocol/time'
import { sealTo } from '../../crypto/seal-to.ts'
import { newestEpoch } from '../../ledger/key-facts.ts'
import { reportFields, type EnteredLetter, type LetterFields } from './letter-form.ts'

/** Marks a letter that a colleague sends as a test. */
export type TestMark = Pick<PlainReport, 'test'>

const seal = hybridSealer((publicKey, info, aad, cek) => sealTo(publicKey, info, cek, aad))

/**
 * Returns the suite 2 key of the newest epoch in the ledger.
 *
 * @param hybridKey  the key as the server sent it, 1,216 bytes
 * @throws Refusal `manifest_expired` when no epoch is current. `unavailable` for a key whose hash
 *   differs from the hash that a keeper signed.
 */
export async function sealingKeysIn(
  roster: Pick<Roster, 'epochs'>,
  hybridKey: Bytes,
  nowMs: number,
): Promise<SealingKeys> {
  const epoch = newestEpoch(roster)
  const manifest = epoch && readManifest(fromB64(epoch.manifest))
  if (!manifest || epoch.retiredDay !== null || isExpired(manifest, nowMs))
    throw new Refusal('manifest_expired')
  if (!sameBytes(await sha256(hybridKey), manifest.hybridHash)) throw new Refusal('unavailable')
  return { epoch: manifest.epoch, intake: hybridKey }
}

/**
 * @param by  id of the colleague, base64url
 * @throws Refusal `text_empty`, `text_too_long`; `network` from sealTo
 */
export async function sealLetter(
  keys: SealingKeys,
  letter: LetterFields,
  by: string,
  { test }: TestMark = {},
): Promise<EnteredLetter> {
  const fields = reportFields(letter)
  if (!hasWords(fields.text)) throw new Refusal('text_empty')
  if (utf8(fields.text).length > MAX_TEXT_BYTES) throw new Refusal('text_too_long')
  const report: PlainReport = {
    v: 1,
    at: minuteOf(Date.now()),
    ...fields,
    by,
    ...(test && { test }),
  }
  const header = {
    headerId: randomBytes(ID_BYTES),
    kind: letter.kind,
    danger: letter.danger,
    ownerHash: randomBytes(HASH_BYTES),
    writeHash: randomBytes(HASH_BYTES),
  }
  const receipt = letter.hasNumber ? makeReceipt() : ''
  if (receipt) {
    const own = await receiptKeys(receipt)
    const owner = await ownerOf(own.lookup)
    header.ownerHash = await sha256(owner)
    header.writeHash = await sha256(own.write)
    Object.assign(report, { owner: toB64(owner), down: toB64(own.down), up: toB64(own.up) })
  }
  const envelope = await seal(keys, header, JSON.stringify(report))
  return {
    id: toB64(await reportIdOf(envelope)),
    envelope: toB64(envelope),
    contentHash: toB64(await contentHashOf(envelope)),
    receipt,
  }
}
