// Lists the settings that a person must check, because Node cannot see them from outside.
// docs/operations/zone-settings.md explains how to set each one.
import type { Host } from '#scripts/shared/ask-host'
import { byHand, type HostFinding } from '#scripts/verify-host/finding'

/** The names match docs/operations/zone-settings.md; a test compares the two. */
const SETTINGS = [
  'Always Use HTTPS is on',
  'Minimum TLS Version is 1.2',
  'Certificate alerts are on',
  'Hardware keys guard every account',
  'The deploy token is narrow',
  'Workers Logs, Logpush and tail workers are off',
  'Network Error Logging and Web Analytics are off',
  'E-mail obfuscation, Rocket Loader and Speed Brain are off',
  'Bot Fight Mode, JavaScript detections and Browser Integrity Check are off',
  'HTTP/3 is off',
  'Challenges are skipped for Tor, Onion Routing is on',
] as const

export function listByHand({ origin }: Host): HostFinding[] {
  const { hostname } = new URL(origin)
  return [
    byHand('DNSSEC signs the name', `\`delv ${hostname}\` must say "fully validated"`),
    byHand('the name offers no HTTP/3', `\`dig +short HTTPS ${hostname}\` must not name h3`),
    byHand('the name is on the preload list', `https://hstspreload.org/?domain=${hostname}`),
    ...SETTINGS.map((setting) => byHand(setting)),
  ]
}
