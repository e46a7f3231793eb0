// Runs `npm run verify-host` against the built site behind TLS. A correct site breaks no rule, and
// the report lists each broken rule.
import { expect, test } from '@playwright/test'
import { testDist } from '#scripts/shared/paths'
import { verifyHost } from '#scripts/verify-host'
import type { FindCaa } from '#scripts/verify-host/check-names'
import { ORIGIN, STAFF_ORIGIN } from '../support/phone.ts'
import { openTlsFront, type Breaks, type Forwarded } from '../support/tls-front.ts'

const named: FindCaa = () => Promise.resolve([{ critical: 0, issue: 'letsencrypt.org' }])
const nameless: FindCaa = () => Promise.reject(Object.assign(new Error(), { code: 'ENODATA' }))

interface Asked extends Breaks {
  isOfStaff?: boolean
  withBuild?: boolean
  now?: number
  findCaa?: FindCaa
  /** trusts the certificate of the front end */
  trusts?: boolean
}

/** Returns the rules that failed, each with its reason. */
async function failuresOf(asked: Asked): Promise<Map<string, string>> {
  const { withBuild = false, now = Date.now(), findCaa = named, trusts = true } = asked
  const { isOfStaff = false, ...breaks } = asked
  const front = await openTlsFront(new URL(isOfStaff ? STAFF_ORIGIN : ORIGIN).host, breaks)
  const { origin, httpPort, ca } = front
  try {
    const host = {
      origin,
      isOfStaff,
      httpPort,
      ...(trusts && { ca }),
      ...(withBuild && { dist: testDist }),
    }
    const findings = await verifyHost(host, now, findCaa)
    expect(findings.length).toBeGreaterThan(isOfStaff ? 12 : 20)
    const failed = findings.filter(({ state }) => state === 'FAILED')
    return new Map(failed.map(({ rule, why }) => [rule, why]))
  } finally {
    front.stop()
  }
}

const on =
  (path: RegExp, change: (response: Forwarded) => void) =>
  (response: Forwarded): void => {
    if (path.test(response.path)) change(response)
  }
const header = (path: RegExp, name: string, value: string | string[]) =>
  on(path, ({ headers }) => {
    headers[name] = value
  })
const body = (path: RegExp, from: string, to: string) =>
  on(path, (response) => {
    response.body = response.body.replace(from, () => to)
  })

for (const withBuild of [false, true]) {
  const compared = withBuild ? 'compared with' : 'without'
  test(`R42: The site behind TLS breaks no rule, ${compared} its build`, async () => {
    expect([...(await failuresOf({ withBuild }))]).toEqual([])
  })
}

test('R42: The staff host behind TLS breaks no rule', async () => {
  expect([...(await failuresOf({ isOfStaff: true }))]).toEqual([])
})

const LEADS = 'http leads for good to the same address over https'
const TAKES_NOTHING = 'http takes in no report, number or form'

const CERTIFICATE = 'the certificate is valid, and for two weeks at least'
const HSTS = 'HSTS holds for a year at least, for subdomains, and for the preload list'
const LISTED = 'no header is sent but those that the site and Cloudflare send'
const STRICT = 'a strict policy is in force'
const SCRIPTS = 'no script but those that the policy of their page names'

const BROKEN: [what: string, asked: Asked, rules: string[], why: RegExp][] = [
  [
    'http forwards pages',
    { leadsTo: () => null },
    [LEADS, TAKES_NOTHING],
    /\/ky\/tell\/.* answers 200/,
  ],
  ['http redirects for now only', { redirectStatus: 302 }, [LEADS, TAKES_NOTHING], /answers 302/],
  [
    'http redirects to the first page',
    { leadsTo: () => 'https://localhost/' },
    [LEADS],
    /\/help\//,
  ],
  ['http forwards calls', { passes: 'POST' }, [TAKES_NOTHING], /\/api\/inbox answers 400/],
  [
    'old TLS is spoken',
    { tls: { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } },
    ['TLS 1.0 and 1.1 are refused'],
    /TLSv1 is spoken; TLSv1\.1 is spoken/,
  ],
  [
    'TLS 1.2 is refused',
    { tls: { minVersion: 'TLSv1.3' } },
    ['TLS 1.2 and 1.3 are spoken'],
    /1\.2/,
  ],
  ['no authority has signed the certificate', { trusts: false }, [CERTIFICATE], /self-signed/],
  ['the certificate ends soon', { now: Date.parse('2126-10-25') }, [CERTIFICATE], /ends in/],
  ...['max-age=300; includeSubDomains; preload', 'max-age=63072000; preload', ''].map(
    (value): (typeof BROKEN)[number] => [
      `HSTS is "${value}"`,
      { answer: header(/^\/ky\/$/, 'strict-transport-security', value) },
      [HSTS],
      /^\/ky\/: /,
    ],
  ),
  [
    'a security header is lost on a 404',
    { answer: header(/^\/nothing$/, 'referrer-policy', 'origin') },
    ['the security headers are in force'],
    /^\/nothing: Referrer-Policy origin$/,
  ],
  [
    'a policy lets everything run',
    {
      answer: header(
        /help/,
        'content-security-policy',
        "default-src 'none'; script-src 'unsafe-inline'",
      ),
    },
    [STRICT, SCRIPTS],
    /^\/ky\/help\/: /,
  ],
  [
    'a cache may keep a page of the form',
    { answer: header(/tell/, 'cache-control', 'public, max-age=300') },
    ['what tells of a visit is kept by no cache'],
    /^\/ru\/tell\/: public/,
  ],
  [
    'a cookie is set',
    { answer: header(/health/, 'set-cookie', ['__cf_bm=abc; path=/']) },
    [LISTED],
    /^\/api\/health: has a header that is on no list, set-cookie: __cf_bm=…$/,
  ],
  [
    'errors are reported to others',
    { answer: header(/^\/$/, 'nel', '{"report_to":"cf-nel","max_age":604800}') },
    [LISTED],
    /nel/,
  ],
  ['HTTP/3 is offered', { answer: header(/./, 'alt-svc', 'h3=":443"; ma=86400') }, [LISTED], /h3/],
  ...['reporting-endpoints', 'content-disposition', 'report-to'].map(
    (name): (typeof BROKEN)[number] => [
      `a page has the header ${name}`,
      { answer: header(/^\/ru\/tell\/$/, name, 'x') },
      [LISTED],
      new RegExp(`^/ru/tell/: has a header that is on no list, ${name}: x$`),
    ],
  ),
  [
    'a page has another type',
    { withBuild: true, answer: header(/^\/ru\/about\//, 'content-type', 'text/plain') },
    ['_headers of the build is in force'],
    /^\/ru\/about\/ has content-type: text\/plain in place of text\/html/,
  ],
  [
    'pages are fetched ahead',
    { answer: header(/^\/ky\/$/, 'speculation-rules', '"/cdn-cgi/speculation"') },
    [LISTED],
    /speculation/,
  ],
  [
    'a foreign script is added',
    {
      answer: body(
        /answer/,
        '</body>',
        '<script src="https://example.org/beacon.js"></script></body>',
      ),
    },
    [SCRIPTS],
    /\/ky\/answer\/ loads a script/,
  ],
  [
    'an inline script is added',
    { answer: body(/tell/, '</body>', '<script>challenge()</script></body>') },
    [SCRIPTS],
    /\/ky\/tell\/ has the script 'sha256-/,
  ],
  [
    'the headers are not those of the build',
    { withBuild: true, answer: header(/^\/ru\/about\//, 'cache-control', 'public, max-age=14400') },
    ['_headers of the build is in force'],
    /^\/ru\/about\/ has cache-control: public, max-age=14400 in place of public, max-age=300$/,
  ],
  [
    'a page is gone',
    { withBuild: true, answer: on(/^\/ky\/signs\//, (response) => (response.status = 404)) },
    ['all pages are there'],
    /answers 404/,
  ],
  [
    'the site gives the staff app',
    { answer: on(/^\/staff\/$/, (response) => (response.status = 200)) },
    ['the site serves nothing of the staff app'],
    /^\/staff\/ answers 200$/,
  ],
  [
    'the staff host gives a page of the site',
    { isOfStaff: true, answer: on(/^\/exit$/, (response) => (response.status = 200)) },
    ['the staff host serves nothing of the site'],
    /^\/exit answers 200$/,
  ],
  [
    'a search engine may list the staff host',
    { isOfStaff: true, answer: header(/^\/staff\/$/, 'x-robots-tag', 'all') },
    ['the staff host serves the staff app, and no search engine lists it'],
    /noindex$/,
  ],
  [
    'any authority may sign',
    { findCaa: nameless },
    ['CAA names the authorities that may sign'],
    /no record/,
  ],
]

for (const [what, asked, rules, why] of BROKEN)
  test(`The check of a host names only the broken rules when ${what}`, async () => {
    const failures = await failuresOf(asked)
    expect([...failures.keys()]).toEqual(rules)
    expect(failures.get(rules[0] ?? '')).toMatch(why)
  })
