// Calls an address and never throws. Reads only as much of the response as the outcome requires.
import type { AlertText } from '#protocol/staff/alerts/alert-number'
import { alertSentence, callFor, type Target } from './templates.ts'
import type { Address, AlertSettings } from './settings.ts'

/**
 * The time limit for a call, well under the thirty seconds that the platform allows after a
 * response.
 */
const TIMEOUT_MS = 5000
/** Telegram's response contains the message that it sent, about 600 bytes in total. */
const MAX_RESPONSE_BYTES = 16 * 1024

/** `silent`: no connection, or no response in time. `refused`: the response was not a success. */
export type CallOutcome = 'reached' | 'refused' | 'silent' | NonNullable<Address['fault']>

export interface Called {
  outcome: CallOutcome
  /** HTTP status; null if there was no response */
  status: number | null
}

/** Calls one address with one sentence. @param added  a further sentence; empty if there is none */
export async function callAddress(
  settings: AlertSettings,
  { target, fault }: Address,
  topic: AlertText,
  loud: boolean,
  added = '',
): Promise<Called> {
  if (!target) return { outcome: fault ?? 'malformed', status: null }
  const said = [alertSentence(settings.lang, topic), added, settings.link]
  const text = said.filter((part) => part !== '').join(' ')
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      ...callFor(target, text, loud),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const outcome = (await isAccepted(target, response)) ? 'reached' : 'refused'
    return { outcome, status: response.status }
  } catch {
    return { outcome: 'silent', status: null }
  }
}

/** Checks for a success status; for Telegram, also for `{"ok":true}` in the body. */
async function isAccepted({ kind }: Target, response: Response): Promise<boolean> {
  if (response.ok && kind === 'telegram') return hasOk(await beginningOf(response))
  await response.body?.cancel()
  return response.ok
}

function hasOk(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'ok' in body && body.ok === true
  } catch {
    return false
  }
}

/**
 * Reads a body up to the limit. A longer body is truncated at the limit and is then not valid JSON.
 */
async function beginningOf({ body }: Response): Promise<string> {
  let text = ''
  let length = 0
  const decoder = new TextDecoder()
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece.subarray(0, MAX_RESPONSE_BYTES - length), { stream: true })
    length += piece.length
    // Leaving the loop cancels the stream.
    if (length > MAX_RESPONSE_BYTES) break
  }
  return text
}
