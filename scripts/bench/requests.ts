// Requests as the pages make them: sealed reports, plain forms, inbox calls.
import { concat, randomBytes, sha256, toB64, u32, type Bytes } from '#protocol/bytes'
import { KIND, sealEnvelope, type Kind } from '#protocol/envelope'
import { readManifest } from '#protocol/manifest'
import { makeReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { minuteOf } from '#protocol/report'
import type { Organisation } from '#scripts/org/organisation'

const TEXT =
  'Бишкектен Москвага иштөөгө алып келишти. Паспортумду алып коюшту, акча төлөшпөйт, сыртка чыгарышпайт. '.repeat(
    12,
  )

export async function sealedReport(
  { manifest }: Organisation,
  own: ReceiptKeys,
  kind: Kind = KIND.helpForMe,
): Promise<Bytes> {
  const open = {
    kind,
    danger: false,
    lookupHash: await sha256(own.lookup),
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

// A proof that fails costs the worker the same as one that holds.
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

export const inboxRequest = (lookup: Bytes = randomBytes(16), slot = 0): RequestInit => ({
  method: 'POST',
  body: concat(lookup, u32(slot)),
  headers: { 'content-type': 'application/octet-stream' },
})
