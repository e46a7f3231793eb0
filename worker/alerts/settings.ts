// Reads the settings for alerts: the addresses, the times and the language. A setting that cannot
// be read is replaced by the default. The admin sees each address that cannot be read.
import { utf8, type Bytes } from '#protocol/bytes'
import type { Env } from '#worker/env'
import { isThisMachine, staffOriginOf } from '#worker/staff-addresses'
import { alertLanguage, type Target } from './templates.ts'

export const PLACES = ['first', 'second'] as const
/**
 * The edge calls the second address when the first address does not respond, or when nobody takes
 * the alert.
 */
export type AddressPlace = (typeof PLACES)[number]

export interface Address {
  place: AddressPlace
  /** null when the address is invalid or the edge must not call it */
  target: Target | null
  /**
   * `own_host`: a call within the site's own zone would expose the reporter; see [Note: own zone]
   */
  fault: 'malformed' | 'own_host' | null
}

export interface AlertSettings {
  /** the configured addresses, in order */
  addresses: Address[]
  /** seals devices; null when the edge does not call devices */
  pushSecret: Bytes | null
  lang: string
  /** address of the staff app; empty when STAFF_HOST is not set */
  link: string
  everyMinutes: number
  /** number of minutes after which the calls for an alert resume if its taker has not acted */
  dangerMinutes: number
  /** number of repeats after which the second address is called too */
  repeats: number
  /** hours of the day in the organisation's time zone */
  digestHours: number[]
}

type AlertEnv = Pick<Env, Extract<keyof Env, `ALERT_${string}` | 'PUSH_SECRET' | 'STAFF_HOST'>>

/**
 * Reads the settings.
 *
 * @param ownHost  host name of the site; empty when the caller does not know it
 */
export const alertSettings = (env: AlertEnv, ownHost: string): AlertSettings => ({
  addresses: [
    ...addressAt('first', env.ALERT_FIRST, ownHost),
    ...addressAt('second', env.ALERT_SECOND, ownHost),
  ],
  pushSecret: secretBytes(env.PUSH_SECRET?.trim()),
  lang: alertLanguage(env.ALERT_LANG),
  link: env.STAFF_HOST ? `${staffOriginOf(env.STAFF_HOST)}/staff/` : '',
  everyMinutes: wholeNumber(env.ALERT_EVERY_MINUTES, 10),
  dangerMinutes: wholeNumber(env.ALERT_DANGER_MINUTES, 15),
  repeats: wholeNumber(env.ALERT_REPEATS, 1),
  digestHours: env.ALERT_DIGEST_HOURS.split(/\D+/)
    .filter((hour) => hour !== '')
    .map(Number)
    .filter((hour) => hour < 24),
})

/** Returns true when an alert can reach a person outside the staff app. */
export const hasCarrier = ({ addresses, pushSecret }: AlertSettings): boolean =>
  addresses.length > 0 || pushSecret !== null

/**
 * Reads a secret of at least 32 random bytes, base64url. Any other string disables calls to
 * devices.
 */
const secretBytes = (text = ''): Bytes | null => (/^[\w-]{43,200}$/.test(text) ? utf8(text) : null)

const wholeNumber = (text: string, otherwise: number): number =>
  /^[1-9]\d{0,3}$/.test(text) ? Number(text) : otherwise

function addressAt(place: AddressPlace, secret: string | undefined, ownHost: string): Address[] {
  const words = secret?.trim()
  if (!words) return []
  const target = targetOf(words)
  if (!target) return [{ place, target, fault: 'malformed' }]
  // [Note: own zone] Cloudflare adds the IP address of the original sender to each call within the
  // site's zone.
  if (sharesZone(target.url.hostname, ownHost)) return [{ place, target: null, fault: 'own_host' }]
  return [{ place, target, fault: null }]
}

/**
 * Reads `telegram <bot token> <chat>`, `ntfy <address> [token]` or `json <address> [token]`.
 * Returns null for any other string.
 */
function targetOf(words: string): Target | null {
  const [kind = '', where = '', key = '', ...more] = words.split(/\s+/)
  if (more.length > 0) return null
  if (kind === 'telegram') {
    if (!/^\d+:[\w-]{20,}$/.test(where) || !/^(-?\d+|@\w+)$/.test(key)) return null
    return { kind, url: new URL(`https://api.telegram.org/bot${where}/sendMessage`), key }
  }
  const url = URL.parse(where)
  if (kind !== 'ntfy' && kind !== 'json') return null
  return url && mayBeCalled(url) && /^[!-~]*$/.test(key) ? { kind, url, key } : null
}

const mayBeCalled = ({ protocol, hostname, username, password }: URL): boolean =>
  username + password === '' &&
  (protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname)))

const sharesZone = (hostname: string, ownHost: string): boolean =>
  ownHost !== '' && !isThisMachine(hostname) && domainOf(hostname) === domainOf(ownHost)

/**
 * Returns the last two labels, which nearly always form a domain that belongs to a single owner.
 */
const domainOf = (hostname: string): string => hostname.split('.').slice(-2).join('.')
