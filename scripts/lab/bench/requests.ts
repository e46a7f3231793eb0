// Makes requests as pages send them: sealed reports, forms and inbox calls.
import { minuteOf } from '#protocol/time'
import { concat, randomBytes, sha256, toB64, u32, type Bytes } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { readManifest } from '#protocol/keys/manifest'
import { makeReceipt, ownerHashOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import type { Organisation } from '#scripts/org/organisation'

const SENTENCES =
  'Бишкектен Москвага иштөөгө алып келишти. ' +
  'Паспортумду алып коюшту, акча төлөшпөйт, сыртка чыгарышпайт. '
const TEXT = SENTENCES.repeat(12)

export async function sealedReport(
  { manifest }: Organisation,
  own: ReceiptKeys,
  kind: Kind = KIND.helpForMe,
): Promise<Bytes> {
  const open = {
    headerId: randomBytes(16),
    kind,
    danger: false,
    ownerHash: await ownerHashOf(own.lookup),
    writeHash: await sha256(own.write),
  }
  const report = {
    v: 1,
    lang: 'ky',
    at: minuteOf(Date.now()),
    text: TEXT,
    down: toB64(own.down),
    up: toB64(own.up),
  }
  return sealEnvelope(readManifest(manifest), open, JSON.stringify(report))
}

export const freshKeys = (): Promise<ReceiptKeys> => receiptKeys(makeReceipt())

// An invalid proof of work costs the worker the same as a valid one.
export const reportRequest = (envelope: Bytes, write?: Bytes): RequestInit => ({
  method: 'POST',
  body: envelope,
  headers: {
    'content-type': 'application/octet-stream',
    'oasis-proof': '12345',
    ...(write === undefined ? {} : { 'oasis-write': toB64(write) }),
  },
})

export const formRequest = (): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams({ door: 'me', danger: 'no', text: TEXT, place: 'Москва' }),
})

export const inboxRequest = (lookup: Bytes = randomBytes(16), index = 0): RequestInit => ({
  method: 'POST',
  body: concat(lookup, u32(index)),
  headers: { 'content-type': 'application/octet-stream' },
})
