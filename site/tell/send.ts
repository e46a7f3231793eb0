// Sends a sealed report until the edge has said that it keeps it. The same bytes go again after a failure: the edge knows them.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { call } from './call.ts'
import type { KeyRing } from './keys.ts'
import type { SealedReport } from './seal.ts'
import { pause } from './time.ts'

/** Pauses between tries, in milliseconds; there is one try more than pauses. */
export const PAUSES = [1000, 4000, 10_000]

/**
 * @param take     gives the sealed report; `anew` after the keys were renewed, which happens at most once
 * @param onRetry  told the number of each try after the first
 * @throws Refusal `network`, `malformed` or `epoch_retired`, or what sealing throws
 */
export async function sendReport(
  ring: KeyRing,
  take: (anew: boolean) => Promise<SealedReport>,
  onRetry: (attempt: number) => void,
): Promise<SealedReport> {
  for (let renewed = false; ; renewed = true) {
    const sealed = await take(renewed)
    const code = await deliver(sealed, onRetry)
    if (!code) return sealed
    // Only the edge says this, and not of a report that it has: sealed anew, the words cannot be there twice.
    if (renewed || code !== 'epoch_retired') throw new Refusal(code)
    await ring.renew()
  }
}

/** Sends one envelope, with pauses between the tries. '' when the edge keeps it, else `network` or `malformed`; never rejects. */
export async function deliver(
  sealed: SealedReport,
  onRetry: (attempt: number) => void,
): Promise<ErrorCode | ''> {
  for (let attempt = 0; ;) {
    const code = await tryOnce(sealed)
    const wait = PAUSES[attempt++]
    if (!wait || code !== 'network') return code
    await pause(wait)
    onRetry(attempt + 1)
  }
}

/** `network` for whatever may pass, `epoch_retired` for all that new keys mend, `malformed` for any other refusal. */
async function tryOnce(sealed: SealedReport): Promise<ErrorCode | ''> {
  try {
    const { status, bytes } = await call('/api/reports', sealed.envelope, sealed.headers)
    // Nothing else counts: the sign-in page of a hotel's network answers 200.
    if (status === 201) {
      // `{}`, or `{"check":true}`.
      sealed.check = bytes.length > 2
      return ''
    }
    if (status === 409) return 'epoch_retired'
    return status < 400 || status > 499 || status === 429 ? 'network' : 'malformed'
  } catch {
    return 'network'
  }
}
