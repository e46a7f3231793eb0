// Sends a sealed report until the edge confirms that the report is stored.
// A retry sends the same bytes, so that the edge recognises the report.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { call } from '../network/api.ts'
import type { SealedReport } from './seal-report.ts'
import { pause } from '../network/timeout.ts'

/**
 * Pauses between attempts, in milliseconds. Each pause follows an attempt, and one more attempt
 * follows the last pause.
 */
export const PAUSES = [1000, 4000, 10_000]

/**
 * Sends a report, and renews the keys at most once.
 *
 * @param renew  fetches today's keys, or throws a Refusal
 * @param take     returns the sealed report; `anew` is true after the keys have been renewed
 * @param onRetry  called with the number of each attempt after the first
 * @throws Refusal `network`, `malformed` or `epoch_retired`, or any sealing error
 */
export async function sendReport(
  renew: () => Promise<unknown>,
  take: (anew: boolean) => Promise<SealedReport>,
  onRetry: (attempt: number) => void,
): Promise<SealedReport> {
  for (let renewed = false; ; renewed = true) {
    const sealed = await take(renewed)
    const code = await deliver(sealed, onRetry)
    if (!code) return sealed
    // The edge never refuses a stored report, so resealing cannot store the words twice.
    if (renewed || code !== 'epoch_retired') throw new Refusal(code)
    await renew()
  }
}

/**
 * Sends one envelope, with pauses between the attempts. Never rejects.
 *
 * @returns '' when the edge stored the envelope, otherwise `network`, `malformed` or
 *   `epoch_retired`
 */
export const deliver = (
  sealed: SealedReport,
  onRetry: (attempt: number) => void,
): Promise<ErrorCode | ''> => untilDone(() => tryOnce(sealed), onRetry)

/**
 * Repeats an attempt while its result is `network`, once for each entry of PAUSES. Never rejects.
 * An attempt that throws counts as `network`.
 */
export async function untilDone(
  tryOnce: () => Promise<ErrorCode | ''>,
  onRetry: (attempt: number) => void,
): Promise<ErrorCode | ''> {
  for (let attempt = 0; ;) {
    const code = await tryOnce().catch(() => 'network' as const)
    const wait = PAUSES[attempt++]
    if (!wait || code !== 'network') return code
    await pause(wait)
    onRetry(attempt + 1)
  }
}

/**
 * Sends an envelope once.
 *
 * @returns '' when the edge stored the envelope. `epoch_retired` means that new keys may help,
 *   and `network` means that a retry may help. `malformed` covers every other refusal
 */
async function tryOnce(sealed: SealedReport): Promise<ErrorCode | ''> {
  const { status, bytes } = await call('/api/reports', sealed.envelope, sealed.headers)
  // Only 201 means stored, because the sign-in page of a hotel network responds with 200.
  if (status === 201) {
    // The body is `{}` or `{"check":true}`.
    sealed.check = bytes.length > 2
    return ''
  }
  if (status === 409) return 'epoch_retired'
  return status < 400 || status > 499 || status === 429 ? 'network' : 'malformed'
}
