// Identifies Web Push providers by the host of a device's address. The edge calls only these hosts,
// so that a staff member cannot make it call any other address.
import type { PROVIDERS } from '#protocol/staff/alerts/alerts'

export type Provider = (typeof PROVIDERS)[number]

const HOSTS: Readonly<Record<Provider, RegExp>> = {
  google: /^(fcm|android)\.googleapis\.com$/,
  mozilla: /^([\w-]+\.)?push\.services\.mozilla\.com$/,
  apple: /^([\w-]+\.)?push\.apple\.com$/,
  microsoft: /^([\w-]+\.)+notify\.windows\.com$/,
}

/** Returns the provider of an address, or null for an address that the edge must not call. */
export function providerOf(endpoint: string): Provider | null {
  const url = URL.parse(endpoint)
  if (url?.protocol !== 'https:' || url.port !== '') return null
  if (url.username + url.password !== '') return null
  const names = Object.keys(HOSTS) as Provider[]
  return names.find((name) => HOSTS[name].test(url.hostname)) ?? null
}
