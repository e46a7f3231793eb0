// Asks Cloudflare whether a Turnstile token is valid. The request contains the token and the site's
// secret. The request has no `remoteip`, so it never contains a person's address.
import { CHECK_ACTION } from '#protocol/limits'
import { siteverifyAddress, type CheckKeys } from './settings.ts'

const TIMEOUT_MS = 3000
const TRIES = 2

/** `unavailable`: siteverify failed, or took too long. */
export type TokenVerdict = 'good' | 'failed' | 'unavailable'

/** Verifies a token for this host and this action. */
export async function verifyToken(keys: CheckKeys, token: string): Promise<TokenVerdict> {
  const { secret, hostname } = keys
  // Sends the same idempotency key with each attempt, because a token works only once. A second
  // attempt therefore gets the result of the first.
  const form = { secret, response: token, idempotency_key: crypto.randomUUID() }
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await ask(siteverifyAddress(keys), form)
    if (!answer) continue
    const isGood =
      answer['success'] === true &&
      answer['hostname'] === hostname &&
      answer['action'] === CHECK_ACTION
    return isGood ? 'good' : 'failed'
  }
  return 'unavailable'
}

type Answer = Partial<Record<string, unknown>>

const isVerdict = (value: unknown): value is Answer => typeof value === 'object' && value !== null

async function ask(url: string, form: Record<string, string>): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const verdict: unknown = response.ok ? await response.json() : null
    return isVerdict(verdict) && !String(verdict['error-codes']).includes('internal-error')
      ? verdict
      : null
  } catch {
    return null
  }
}
