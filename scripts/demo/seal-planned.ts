// Seals the messages of an invented thread with the public pages' code.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES, ID_BYTES, SUITE, VISIT_BYTES, WRAP_BYTES } from '#protocol/limits'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { KIND, reportIdOf, type ReportHeader, type SealingKeys } from '#protocol/report/envelope'
import { sealerOf, type AddMac } from '#protocol/report/seal-envelope'
import { makeReceipt, ownerOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import { addReporterMac } from '#protocol/report/reporter-mac'
import type { PlainReport, SealedFile } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import type { PlannedReport } from '#scripts/demo/plan-report'
import type { ThreadEvent } from '#scripts/demo/plan-thread'
import type { SampleFile } from '#scripts/demo/sample-files'
import { listFile } from '#scripts/demo/seal-sample'

/** The two hashes in a header, and the reporter's keys; null without a return number. */
export interface ThreadKeys {
  receipt: ReceiptKeys | null
  hashes: Pick<ReportHeader, 'ownerHash' | 'writeHash'>
}

export interface SealedMessage {
  id: Bytes
  envelope: Bytes
  /** the content key in the envelope, sealed to the envelope's readers */
  cek: Bytes
}

async function makeThreadKeys(number: PlannedReport['number']): Promise<ThreadKeys> {
  if (number === 'none') {
    const hashes = { ownerHash: randomBytes(HASH_BYTES), writeHash: randomBytes(HASH_BYTES) }
    return { receipt: null, hashes }
  }
  const receipt = await receiptKeys(makeReceipt())
  const ownerHash = await sha256(await ownerOf(receipt.lookup))
  return { receipt, hashes: { ownerHash, writeHash: await sha256(receipt.write) } }
}

/**
 * Returns the fields of a receipt. A report that does not own its number is assigned a random
 * owner.
 */
async function receiptFields({ receipt }: ThreadKeys, number: PlannedReport['number']) {
  if (!receipt) return {}
  const owner = number === 'foreign' ? randomBytes(HASH_BYTES) : await ownerOf(receipt.lookup)
  return { down: toB64(receipt.down), up: toB64(receipt.up), owner: toB64(owner) }
}

/**
 * Seals a message with suite 1. Keeps the content key, so that the demo does not have to open the
 * envelope again.
 */
async function sealMessage(
  sealing: SealingKeys,
  header: ReportHeader,
  json: string,
  addMac?: AddMac,
): Promise<SealedMessage> {
  let cek: Bytes = new Uint8Array(0)
  const seal = sealerOf(SUITE, WRAP_BYTES, (publicKey, info, aad, key) => {
    cek = key
    return hpkeSeal(publicKey, info, aad, key)
  })
  const envelope = await seal(sealing, header, json, addMac)
  return { id: await reportIdOf(envelope), envelope, cek }
}

/** Seals the first report of a thread. */
export async function sealFirst(
  sealing: SealingKeys,
  { kind, danger, number, plain, writtenAt }: PlannedReport,
  samples: SampleFile[],
): Promise<{ message: SealedMessage; thread: ThreadKeys; listed: SealedFile[] }> {
  const thread = await makeThreadKeys(number)
  const listed = await Promise.all(samples.map(listFile))
  const report: PlainReport = {
    v: 1,
    at: minuteOf(writtenAt),
    ...plain,
    ...(listed.length > 0 && { files: listed }),
    ...(await receiptFields(thread, number)),
  }
  const header = { headerId: randomBytes(ID_BYTES), kind, danger, ...thread.hashes }
  return { message: await sealMessage(sealing, header, JSON.stringify(report)), thread, listed }
}

/** Seals a follow-up. @param visit  8 bytes, the same for all follow-ups of the visit */
export async function sealFollowUp(
  sealing: SealingKeys,
  { receipt, hashes }: ThreadKeys,
  lang: string,
  { text, at, danger, proof, n }: Extract<ThreadEvent, { what: 'followUp' }>,
  visit: Bytes,
): Promise<SealedMessage> {
  const headerId = randomBytes(ID_BYTES)
  const json = JSON.stringify({ v: 1, at: minuteOf(at), lang, text })
  const up = proof === 'mac' ? receipt?.up : randomBytes(HASH_BYTES)
  const addMac = (commitment: Bytes): Promise<string> =>
    addReporterMac(up ?? randomBytes(HASH_BYTES), { headerId, commitment }, { visit, n }, json)
  const header = { headerId, kind: KIND.followUp, danger, ...hashes }
  return sealMessage(sealing, header, json, proof === 'none' ? undefined : addMac)
}

export const newVisit = (): Bytes => randomBytes(VISIT_BYTES)
