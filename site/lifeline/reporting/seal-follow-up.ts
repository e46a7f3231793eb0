// Seals a follow-up. Each follow-up contains its visit and the number of follow-ups that the edge
// has already stored in that visit.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { sealEnvelope, type AddMac } from '#protocol/report/seal-envelope'
import { ID_BYTES, VISIT_BYTES } from '#protocol/limits'
import { ownerOf, type ReceiptKeys } from '#protocol/report/receipt'
import { addReporterMac } from '#protocol/report/reporter-mac'
import type { KeyRing } from './key-ring.ts'
import { jsonOf, type SealedReport } from './seal-report.ts'
import { trySuite2, type SealBySuite2 } from './try-suite-2.ts'

/**
 * The time from one reading of a number until the next reading of the same or a different number.
 */
export interface Visit {
  keys: ReceiptKeys
  /** number of follow-ups in this visit that the edge has stored; 0 begins a visit */
  stored: number
}

/** The random name of the visit, chosen when its first follow-up is sealed. */
let visit: Bytes

/** Seals words to the keys of the ring; uses suite 2 if `fetchSealer` returns a sealer. */
export async function sealOwnFollowUp(
  ring: KeyRing,
  fetchSealer: () => Promise<SealBySuite2>,
  { keys: { lookup, write, down, up }, stored: n }: Visit,
  danger: boolean,
  text: string,
): Promise<SealedReport> {
  if (!n) visit = randomBytes(VISIT_BYTES)
  const headerId = randomBytes(ID_BYTES)
  const owner = await ownerOf(lookup)
  const header = {
    ...{ headerId, kind: KIND.followUp, danger },
    ownerHash: await sha256(owner),
    writeHash: await sha256(write),
  }
  const json = jsonOf({
    lang: document.body.lang || document.documentElement.lang,
    text,
    // If the thread was ended elsewhere, these words begin a new thread. The keys let the staff
    // reply in the new thread.
    down: toB64(down),
    up: toB64(up),
    owner: toB64(owner),
  })
  const addMac: AddMac = (commitment, sealedJson) =>
    addReporterMac(up, { headerId, commitment }, { visit, n }, sealedJson)
  const keys = await ring.trusted()
  const envelope =
    (await trySuite2(fetchSealer, keys, header, json, addMac)) ||
    (await sealEnvelope(keys, header, json, addMac))
  return { envelope, headers: { 'oasis-write': toB64(write) }, receipt: '' }
}
