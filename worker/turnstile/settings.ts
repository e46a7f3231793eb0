// Decides whether the edge can offer a check: both keys must be set, and neither may be
// Cloudflare's test key. A test key accepts every token, so it is allowed only on a developer's own
// machine.
import { Refusal } from '#protocol/errors'
import { isThisMachine } from '#worker/staff-addresses'

export interface CheckKeys {
  siteKey: string
  secret: string
  /** address of siteverify, for tests; empty for Cloudflare's own address */
  verifyUrl: string
  /** host name of the request */
  hostname: string
}

const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/** Cloudflare's public test keys. */
const TEST_KEY = /^[123]x0{10,}/

export const isOffered = ({ siteKey, secret, hostname }: CheckKeys): boolean =>
  siteKey !== '' &&
  secret !== '' &&
  (isThisMachine(hostname) || ![siteKey, secret].some((key) => TEST_KEY.test(key)))

/**
 * Returns the address of siteverify. Except on a developer's own machine, the address is always
 * Cloudflare's, so that no other host receives the secret.
 */
export const siteverifyAddress = ({ verifyUrl, hostname }: CheckKeys): string =>
  isThisMachine(hostname) && verifyUrl !== '' ? verifyUrl : SITEVERIFY

/** Throws Refusal `check_unavailable` when the edge cannot offer a check. */
export function requireTurnstile(keys: CheckKeys): void {
  if (!isOffered(keys)) throw new Refusal('check_unavailable')
}
