// Seals what a person wrote. Fails closed: it gives a sealed report, or it throws and nothing may be sent.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { sealEnvelope, type Kind } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES } from '#protocol/limits'
import { makeReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { minuteOf, type PlainReport } from '#protocol/report'
import type { KeyRing } from './keys.ts'
import { within } from './time.ts'

/** Room for a slow phone, and for fetching keys on the way. */
export const SEALING_MS = 12_000

export interface Words {
  kind: Kind
  danger: boolean
  /** false: no return number is made, and the hashes outside are noise */
  numbered: boolean
  said: Pick<PlainReport, 'lang' | 'text' | 'place' | 'contact'>
}

export interface SealedReport {
  envelope: Bytes
  /** 28 digits; '' when none was wanted, or the thread has one already */
  receipt: string
  /** headers that go with the envelope */
  headers: Record<string, string>
}

/** Runs what needs WebCrypto. Throws Refusal `crypto_missing`, or `sealing_failed` when it throws or hangs. */
export async function withCrypto<T>(work: () => Promise<T>): Promise<T> {
  // Browsers give no `subtle` to a page that came without TLS.
  if (typeof crypto === 'undefined' || !(crypto as Partial<Crypto>).subtle) throw new Refusal('crypto_missing')
  try {
    return await within(SEALING_MS, 'sealing_failed', work())
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('sealing_failed')
  }
}

/**
 * @param thread  the keys of a return number: the words become a follow-up in its thread
 * @throws Refusal `crypto_missing`, `sealing_failed`, `text_too_long`, or what KeyRing throws
 */
export const sealWords = (
  ring: KeyRing,
  { kind, danger, numbered, said }: Words,
  thread?: ReceiptKeys | null,
): Promise<SealedReport> =>
  withCrypto(async () => {
    const receipt = numbered ? makeReceipt() : ''
    // First of all: a broken WebCrypto shows here, and is not taken for a wrong signature of the keys.
    const own = thread || (await receiptKeys(receipt))
    const hashOf = (token: Bytes): Bytes | Promise<Bytes> =>
      thread || numbered ? sha256(token) : randomBytes(HASH_BYTES)
    const report: PlainReport = { v: 1, at: minuteOf(Date.now()), ...said }
    if (numbered) {
      report.down = toB64(own.down)
      report.up = toB64(own.up)
    }
    const envelope = await sealEnvelope(
      await ring.trusted(),
      { kind, danger, lookupHash: await hashOf(own.lookup), writeHash: await hashOf(own.write) },
      JSON.stringify(report),
    )
    return { envelope, receipt, headers: thread ? { 'oasis-write': toB64(thread.write) } : {} }
  })
