// Whether a check can be offered: both keys are set, and neither is one of Cloudflare's public test keys, which let everybody
// through, unless the worker runs on somebody's own machine.
import { Refusal } from '#protocol/errors'

export interface CheckKeys {
  siteKey: string
  secret: string
  /** where siteverify is, for tests; empty for Cloudflare's own */
  verifyUrl: string
  /** name of the host that was asked */
  hostname: string
}

const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/** Cloudflare's public test keys. */
const TEST_KEY = /^[123]x0{10,}/
const isOwnMachine = (hostname: string): boolean => ['localhost', '127.0.0.1'].includes(hostname)

export const isOffered = ({ siteKey, secret, hostname }: CheckKeys): boolean =>
  siteKey !== '' &&
  secret !== '' &&
  (isOwnMachine(hostname) || ![siteKey, secret].some((key) => TEST_KEY.test(key)))

/** Where to ask. Anywhere but on somebody's own machine it is Cloudflare: the secret goes to nobody else. */
export const addressOf = ({ verifyUrl, hostname }: CheckKeys): string =>
  isOwnMachine(hostname) && verifyUrl !== '' ? verifyUrl : SITEVERIFY

/** Throws Refusal `check_unavailable` when there is nothing to offer. */
export function requireOffer(keys: CheckKeys): void {
  if (!isOffered(keys)) throw new Refusal('check_unavailable')
}
