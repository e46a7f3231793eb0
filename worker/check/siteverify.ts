// Asks Cloudflare whether a Turnstile token is good. It is told the token and our secret, never an address: `remoteip` is left out.
import { CHECK_ACTION } from '#protocol/limits'
import { addressOf, type CheckKeys } from './offer.ts'

const TIMEOUT_MS = 3000
const TRIES = 2

/** Whether the token is good, for this host and this action. Null when nobody can say: siteverify fails or takes too long. */
export async function verifyToken(keys: CheckKeys, token: string): Promise<boolean | null> {
  const { secret, hostname } = keys
  // A token serves once. The same key on the second try asks for the answer to the first.
  const form = { secret, response: token, idempotency_key: crypto.randomUUID() }
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const verdict = await ask(addressOf(keys), form)
    if (verdict)
      return (
        verdict['success'] === true &&
        verdict['hostname'] === hostname &&
        verdict['action'] === CHECK_ACTION
      )
  }
  return null
}

type Verdict = Partial<Record<string, unknown>>

const isVerdict = (answer: unknown): answer is Verdict =>
  typeof answer === 'object' && answer !== null

async function ask(url: string, form: Record<string, string>): Promise<Verdict | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const verdict: unknown = answer.ok ? await answer.json() : null
    return isVerdict(verdict) && !String(verdict['error-codes']).includes('internal-error')
      ? verdict
      : null
  } catch {
    return null
  }
}
