// Sealing fails closed: it gives a sealed report, or it throws and nothing may be sent.
import { sha256, utf8, type Bytes } from '#protocol/bytes'
import { sealEnvelope, type OpenPart } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { minuteOf, type PlainReport } from '#protocol/report'
import type { KeyRing } from './keys.ts'
import { within } from './time.ts'

/** Room for a slow phone, and for fetching keys on the way. */
export const SEALING_MS = 12_000

export interface SealedReport {
  envelope: Bytes
  /** headers that go with the envelope */
  headers: Record<string, string>
  /** the edge has many reports now: this one is kept, and rises when a person passes the check */
  check?: boolean
  /** 28 digits; '' when none was wanted, or the thread has one already */
  receipt: string
}

/** Runs what needs WebCrypto. Throws Refusal `sealing_failed` when that is missing, throws or hangs. */
export async function withCrypto<T>(work: () => Promise<T>): Promise<T> {
  try {
    // The hash is asked for only to know that WebCrypto works: else its failure would be taken for a wrong signature of the keys.
    return await within(SEALING_MS, 'sealing_failed', sha256(utf8('')).then(work))
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('sealing_failed')
  }
}

/** What a person said; '' and what is empty are left out of the report: absent means "not said". */
export type Said = { [Name in keyof Omit<PlainReport, 'v' | 'at'>]: PlainReport[Name] | '' }

const isEmpty = (value: unknown): boolean => /^(""|\[\]|{})$/.test(JSON.stringify(value))

/** The envelope of what was said, written now. Throws as KeyRing and sealEnvelope do. */
export const sealSaid = async (ring: KeyRing, open: OpenPart, said: Said): Promise<Bytes> =>
  sealEnvelope(
    await ring.trusted(),
    open,
    JSON.stringify({ v: 1, at: minuteOf(Date.now()), ...said }, (_, value: unknown) =>
      isEmpty(value) ? undefined : value,
    ),
  )
