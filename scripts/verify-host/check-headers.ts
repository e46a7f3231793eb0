// Checks, on every kind of response, the headers that protect a visitor: pages, missing pages, the
// API, the quick exit.
import { languages } from '#content/languages.ts'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { API_POLICY, SECURITY_HEADERS } from '#protocol/security-headers'
import { askHost, type HostResponse, type Host } from '#scripts/shared/ask-host'
import { unlistedHeaders } from '#scripts/shared/header-faults'
import { judge, judgeOf, messageOf, type HostFinding } from '#scripts/verify-host/finding'

const HSTS = 'Strict-Transport-Security'
const YEAR_S = 31_536_000
/**
 * Headers that differ by address, so each has its own rule. The headers control the microphone and
 * cross-origin loading.
 */
const OF_AN_ADDRESS = ['Permissions-Policy', 'Cross-Origin-Resource-Policy']
const SHARED = Object.entries(SECURITY_HEADERS).filter(
  ([name]) => name !== HSTS && !OF_AN_ADDRESS.includes(name),
)

/** Returns the address of each page, language by language. */
const ofTheSite = (pages: readonly string[]): string[] =>
  pages.map((page, at) => pathOf(languages[at % languages.length] ?? defaultLanguage, page))

const ADDRESSES = [
  ...['/', ...ofTheSite(['', 'tell', 'answer', 'help', 'send', 'privacy'])],
  ...['/robots.txt', '/nothing', `/${defaultLanguage}/nothing/`, '/exit', '/exit/now'],
  ...['/api/health', '/api/keys', '/api/nothing', '/api/reports', '/api/staff/me'],
]
const STAFF_ADDRESSES = [
  ...['/', '/staff/', '/staff/nothing', '/nothing', pathOf(defaultLanguage, 'tell'), '/exit'],
  ...['/api/health', '/api/staff/me', '/api/nothing', '/api/reports'],
]
const KEPT_BY_NO_CACHE = /^\/(..\/(tell|answer|send)\/|staff\/|exit|exit\/now|api\/(?!keys).*)$/

/** The headers that the site sends, in lower case. */
const SENT = [
  ...Object.keys(SECURITY_HEADERS).map((name) => name.toLowerCase()),
  ...['content-security-policy', 'cache-control', 'content-type', 'x-robots-tag', 'location'],
  ...['allow', 'access-control-allow-origin'],
]
/**
 * The headers that only the quick exit sends, to redirect the browser and clear the site's data.
 */
const OF_THE_EXIT: Readonly<Record<string, string>> = {
  '/exit': 'refresh',
  '/exit/now': 'clear-site-data',
}
const isOfTheSite = (path: string, name: string): boolean =>
  SENT.includes(name) || OF_THE_EXIT[path] === name

type Fault = (path: string, answer: HostResponse) => string[]

const RULES: Record<string, Fault> = {
  'HSTS holds for a year at least, for subdomains, and for the preload list': (
    _path,
    { headers },
  ) => {
    const value = headers['strict-transport-security'] ?? ''
    const seconds = Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0)
    const holds = seconds >= YEAR_S && /includeSubDomains/i.test(value) && /preload/i.test(value)
    return holds ? [] : [value || 'none']
  },
  'the security headers are in force': (_path, { headers }) => [
    ...SHARED.filter(([name, value]) => headers[name.toLowerCase()] !== value).map(
      ([name]) => `${name} ${String(headers[name.toLowerCase()] ?? 'is missing')}`,
    ),
    ...OF_AN_ADDRESS.filter((name) => !headers[name.toLowerCase()]).map(
      (name) => `${name} is missing`,
    ),
  ],
  'a strict policy is in force': (path, { headers }) => {
    const policy = String(headers['content-security-policy'] ?? '')
    if (path.startsWith('/api/')) return policy === API_POLICY ? [] : [policy || 'none']
    const strict =
      ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"].every((part) =>
        policy.includes(part),
      ) && !/'unsafe-(inline|eval|hashes)'/.test(policy)
    return strict ? [] : [policy || 'none']
  },
  'what tells of a visit is kept by no cache': (path, { headers }) => {
    const kept = headers['cache-control'] ?? 'no Cache-Control'
    return KEPT_BY_NO_CACHE.test(path) && kept !== 'no-store' ? [kept] : []
  },
  'no header is sent but those that the site and Cloudflare send': (path, { headers }) =>
    unlistedHeaders(headers, (name) => isOfTheSite(path, name)),
}

export async function checkHeaders(host: Host): Promise<HostFinding[]> {
  const asked = await Promise.all(
    (host.isOfStaff ? STAFF_ADDRESSES : ADDRESSES).map(async (path) => {
      try {
        return { path, answer: await askHost(host, path) }
      } catch (error) {
        return `${path}: ${messageOf(error)}`
      }
    }),
  )
  const silent = asked.filter((each) => typeof each === 'string')
  const came = asked.filter((each) => typeof each !== 'string')
  return [
    judge('every address answers', silent),
    ...Object.entries(RULES).map(([rule, faultsOf]) =>
      judgeOf(rule, came, ({ path, answer }) =>
        faultsOf(path, answer).map((fault) => `${path}: ${fault}`),
      ),
    ),
  ]
}
