// Seals a report. Sealing fails closed: the result is a sealed report or an error. After an error,
// nothing may be sent.
import { minuteOf } from '#protocol/time'
import { sha256, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type PlainReport } from '#protocol/report/plain-report'
import { within } from '../network/timeout.ts'

/** The time limit for sealing, which allows for a slow phone, for fetching keys and for suite 2. */
export const SEALING_MS = 16_000

export interface SealedReport {
  envelope: Bytes
  /** headers of the request that sends the envelope */
  headers: Record<string, string>
  /** true during a flood: the edge promotes this stored report when the person passes the check */
  check?: boolean
  /** 28 digits; '' when the person did not want a receipt, or the thread already has one */
  receipt: string
}

/**
 * Runs a function that needs WebCrypto.
 *
 * @throws Refusal `sealing_failed` when WebCrypto is missing, throws or hangs
 * @throws Refusal  any refusal of `work`
 */
export async function withCrypto<T>(work: () => Promise<T>): Promise<T> {
  try {
    // Tests WebCrypto, because its failure would later look like an invalid signature on the keys.
    return await within(SEALING_MS, 'sealing_failed', sha256(utf8('')).then(work))
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('sealing_failed')
  }
}

/** The values of the form. Sealing omits empty values: an absent value means "not answered". */
export type FormValues = { [Name in keyof Omit<PlainReport, 'v' | 'at'>]: PlainReport[Name] | '' }

const isEmpty = (value: unknown): boolean => /^(""|\[\]|{})$/.test(JSON.stringify(value))

/** Returns the JSON of a PlainReport, dated with the current minute and without empty values. */
export const jsonOf = (values: FormValues): string =>
  JSON.stringify({ v: 1, at: minuteOf(Date.now()), ...values }, (_, value: unknown) =>
    isEmpty(value) ? undefined : value,
  )
