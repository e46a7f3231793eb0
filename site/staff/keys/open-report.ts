// Opens a sealed report. Whatever is wrong with it, the reason is one: `cannot_open`. The words come out as a string and go to
// the page as text only.
import * as z from 'zod/mini'
import { concat, fromB64, sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { commitmentTo, keyIdOf, readEnvelope, wrapInfo, type Envelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES } from '#protocol/limits'
import { unpadText } from '#protocol/padding'
import { type PlainReport } from '#protocol/report'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { sealedMinute } from './sealed-minute.ts'

/** 32 bytes in base64url */
const KEY = /^[\w-]{43}$/
const words = z.optional(z.string())
const Report = z.object({
  v: z.literal(1),
  lang: z.string(),
  at: z.string(),
  text: z.string(),
  place: words,
  contact: z.optional(z.object({ how: words, when: words, avoid: words })),
  down: words,
  up: words,
})

export interface OpenReport {
  /** `at` is empty when it was no minute of a real day */
  report: PlainReport
  header: Pick<Envelope, 'id' | 'kind' | 'danger' | 'lookupHash' | 'epoch'>
  /** content key, 32 bytes: the case file's key comes from it */
  cek: Bytes
}

/**
 * @param intake    the intake keys a person holds, by epoch
 * @param envelope  base64url, as the server keeps it
 * @throws Refusal `cannot_open`
 */
export async function openReport(
  intake: ReadonlyMap<number, OpeningKey>,
  envelope: string,
): Promise<OpenReport> {
  try {
    const sealed = readEnvelope(fromB64(envelope))
    const key = intake.get(sealed.epoch)
    if (!key) throw new Refusal('cannot_open')
    const cek = await openWrap(sealed, key)
    if (!sameBytes(await commitmentTo(cek), sealed.commitment)) throw new Refusal('cannot_open')
    const report = Report.parse(JSON.parse(await openBody(sealed, cek)))
    return { report: usable(withoutUndefined(report)), header: sealed, cek }
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

async function openWrap(sealed: Envelope, key: OpeningKey): Promise<Bytes> {
  const keyId = await keyIdOf(key.publicBytes)
  const [wrap] = sealed.wraps
  if (!sameBytes(wrap.keyId, keyId)) throw new Refusal('cannot_open')
  const aad = await sha256(sealed.headerBytes, sealed.body)
  const info = wrapInfo(sealed.epoch, keyId)
  const cek = await hpkeOpen(key, info, aad, concat(wrap.enc, wrap.sealedCek))
  if (cek.length !== CEK_BYTES) throw new Refusal('cannot_open')
  return cek
}

async function openBody(sealed: Envelope, cek: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const padded = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: sealed.headerBytes },
    key,
    sealed.body,
  )
  return unpadText(new Uint8Array(padded))
}

/** Without what other people's devices wrote wrongly: a time that is none, a return key that cannot seal. */
function usable({ down, ...report }: PlainReport): PlainReport {
  const at = sealedMinute(report.at)
  return down !== undefined && KEY.test(down) ? { ...report, at, down } : { ...report, at }
}

// Guarantee: JSON has no undefined, so a field that is absent in the text is absent in the object.
const withoutUndefined = (report: z.infer<typeof Report>): PlainReport => report as PlainReport
