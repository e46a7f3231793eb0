import { createServer, type Server } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { SECURITY_HEADERS } from '#protocol/security-headers'
import { hashOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import { drawOrder, drawQuery, drawReferer } from '#scripts/watch/arrivals'
import { FETCH_CLIENTS } from '#scripts/watch/clients'
import { addressFaults } from '#scripts/watch/compare-address'
import { expectedOfSite, manifestFiles } from '#scripts/watch/expected'
import { lookedSentence } from '#scripts/watch/readers/open-readers'
import { planVisits, readHost, WAYS } from '#scripts/watch/readers/read-pages'
import type { Reader, Received } from '#scripts/watch/readers/reader'
import { sentencesOf } from '#scripts/watch/sentences'
import { askedOf, drawWaitMs } from '#scripts/watch'
import vector from '#test/vectors/localhost-certificate_openssl.json' with { type: 'json' }

const BODIES: Readonly<Record<string, string>> = {
  '/ky/index.html': '<p>үй',
  '/ky/help/index.html': '<p>жардам',
  '/ky/tell/index.html': '<p>айт',
  '/ky/about/index.html': '<p>биз',
  '/staff/index.html': '<p>staff',
  '/_astro/a.js': 'a',
}
const rule = (path: string, kept: string): string =>
  `${path}\n  Content-Security-Policy: none\n  Cache-Control: ${kept}`
const manifest: SiteManifest = {
  ...{ app: '', version: '', default_csp: '', extra_csp: {}, default_index: '' },
  ...{ default_fallback: '/404.html', wasm: [] },
  files: Object.fromEntries(
    Object.entries(BODIES).map(([file, text]) => [file, hashOfFile(Buffer.from(text))]),
  ),
  headers: [
    ['/*', ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `  ${name}: ${value}`)].join(
      '\n',
    ),
    ...['/ky/', '/ky/help/', '/ky/about/', '/_astro/*'].map((path) => rule(path, 'public')),
    ...['/ky/tell/', '/staff/*'].map((path) => rule(path, 'no-store')),
  ].join('\n\n'),
  types: { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' },
}
const host = { origin: 'https://a.example', httpPort: 80 }
const staffHost = { ...host, isOfStaff: true }
const fileAt = (pathname: string): string =>
  pathname.endsWith('/') ? `${pathname}index.html` : pathname
/** Returns the headers that the manifest lists for an address. */
const signedAt = (pathname: string): Record<string, string> =>
  Object.fromEntries(
    manifestFiles(manifest)
      .flat()
      .find(({ address }) => address === pathname)?.headers ?? [],
  )

interface Step {
  act: string
  url: string
  referer: string
}

/** A reader whose host returns the signed responses, unless a test changes them. */
function makeReader(change: (received: Received, step: Step) => Received | null = (each) => each) {
  const steps: Step[] = []
  let came: Received[] = []
  let at = ''
  const arrive = (act: string, url: string, referer = ''): Promise<void> => {
    const step = { act, url, referer }
    steps.push(step)
    at = url
    const { pathname } = new URL(url)
    const bytes = Buffer.from(BODIES[fileAt(pathname)] ?? '')
    const received = change({ url, status: 200, headers: signedAt(pathname), bytes }, step)
    if (received !== null) came.push(received)
    return Promise.resolve()
  }
  const reader: Reader = {
    name: 'Test 1',
    open: (url) => arrive('open', url),
    reload: () => arrive('reload', at),
    follow: (url) => arrive('follow', url),
    arriveFrom: (referer, url) => arrive('arrive', url, referer),
    preload: async (addresses) => {
      for (const address of addresses) await arrive('preload', new URL(address, at).href)
    },
    take: () => {
      const taken = came
      came = []
      return Promise.resolve(taken)
    },
    close: () => Promise.resolve(),
  }
  return { reader, steps }
}

test('A reader comes to each lifeline page in every way, and to no other', async () => {
  const { reader, steps } = makeReader()
  const { faults, seen } = await readHost(reader, host, manifest, '/none')
  expect(faults).toEqual([])
  for (const address of ['/ky/', '/ky/help/', '/ky/tell/']) {
    const names = seen.filter((each) => each.address === address).map((each) => each.visitor.name)
    for (const way of Object.values(WAYS)) expect(names).toContain(`Test 1 ${way}`)
  }
  expect(steps.filter(({ url }) => /about|staff|_astro/.test(url))).toEqual([])
  expect(steps.filter(({ act }) => act === 'arrive').every(({ referer }) => referer)).toBe(true)
})

test('A reader opens the staff app and fetches each of its scripts', async () => {
  const { reader, steps } = makeReader()
  const { faults } = await readHost(reader, staffHost, manifest, '/none')
  expect(faults).toEqual([])
  expect(steps.filter(({ act }) => act === 'preload').map(({ url }) => url)).toEqual([
    'https://a.example/_astro/a.js',
  ])
})

test('R53: A page or a header that is altered for a reader is a fault with its way', async () => {
  const { reader } = makeReader((received, { referer }) =>
    referer && received.url.includes('/ky/tell/')
      ? { ...received, bytes: Buffer.from('<p>other') }
      : received,
  )
  const { faults, seen } = await readHost(reader, host, manifest, '/none')
  expect(sentencesOf('', faults, seen)).toEqual([
    expect.stringMatching(/^\/ky\/tell\/ is not what was .* \(for Test 1 from another site\)\.$/),
  ])
  const { reader: other } = makeReader((received) => ({
    ...received,
    headers: { ...received.headers, nel: 'x' },
  }))
  const ofStaff = await readHost(other, staffHost, manifest, '/none')
  expect(sentencesOf('', ofStaff.faults, ofStaff.seen)).toEqual([
    '/_astro/a.js has a header that is on no list, nel: x (for Test 1).',
    '/staff/ has a header that is on no list, nel: x (for Test 1).',
  ])
})

test('R45: A page or a script that does not come over the network is a fault', async () => {
  const { reader } = makeReader((received) => (/help|a\.js/.test(received.url) ? null : received))
  const pages = await readHost(reader, host, manifest, '/none')
  expect(sentencesOf('', pages.faults, pages.seen)).toEqual([
    expect.stringMatching(/^\/ky\/help\/ gives no page over the network \(for Test 1 /),
  ])
  const scripts = await readHost(reader, staffHost, manifest, '/none')
  expect(sentencesOf('', scripts.faults, scripts.seen)).toEqual([
    '/_astro/a.js gives no script over the network (for Test 1 as a script).',
  ])
})

test('A page that a cache keeps has another query at each visit after the first', () => {
  const { reader } = makeReader()
  const at = (address: string) =>
    manifestFiles(manifest)
      .flat()
      .find((each) => each.address === address)
  const [kept, fresh] = [at('/ky/help/'), at('/ky/tell/')]
  if (!kept || !fresh) throw new Error('no page')
  const orders = new Set<string>()
  for (let run = 0; run < 50; run++) {
    const visits = planVisits(reader, host, kept).filter(({ way }) => way !== 'again')
    orders.add(visits.map(({ way }) => way).join())
    const queries = visits.map(({ query }) => query)
    expect(new Set(queries).size).toBe(4)
    expect(visits.find(({ way }) => way === 'query')?.query).toMatch(/^\?\w+=/)
  }
  expect(orders.size).toBeGreaterThan(5)
  const freshVisits = Array.from({ length: 50 }, () => planVisits(reader, host, fresh)).flat()
  const fromOther = freshVisits.filter(({ way }) => way === 'other')
  expect(new Set(fromOther.map(({ query }) => query === '')).size).toBe(2)
})

test('Queries, referers, orders and moments are drawn', () => {
  const draw = <T>(of: () => T) => new Set(Array.from({ length: 100 }, of)).size
  expect(draw(drawQuery)).toBeGreaterThan(30)
  expect(draw(drawReferer)).toBeGreaterThan(4)
  expect(draw(() => drawOrder([1, 2, 3, 4]).join())).toBeGreaterThan(10)
  const minutes = Array.from({ length: 500 }, () => Math.floor(drawWaitMs(55) / 60_000))
  expect(new Set(minutes).size).toBeGreaterThan(45)
  expect(Math.max(...minutes)).toBeLessThanOrEqual(55)
  expect(drawWaitMs(0)).toBe(0)
})

test('The longest wait of the watch is a whole number of minutes up to a day', () => {
  expect(askedOf(['https://a.example', '--within', '55']).within).toBe(55)
  expect(askedOf(['https://a.example']).within).toBe(0)
  for (const wrong of ['-1', '1.5', 'x', '1441'])
    expect(() => askedOf(['https://a.example', `--within=${wrong}`])).toThrow(/^Say which hosts/)
})

test('The verdict says who has looked, and without a browser that it was a script only', () => {
  expect(lookedSentence(['Chromium 156', 'Firefox 153'], [])).toBe(
    'Seen by scripts and by Chromium 156 and Firefox 153.',
  )
  expect(lookedSentence(['Firefox 153'], ['no Chromium'])).toBe(
    'Seen by scripts and by Firefox 153; this machine has no Chromium.',
  )
  expect(lookedSentence([], ['no Chromium', 'no Firefox'])).toBe(
    'Seen as a script only: this machine has no Chromium and no Firefox. ' +
      'Nobody saw a page that is altered for browsers alone.',
  )
})

let server: Server | undefined
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

/** Returns how many altered addresses scripts find on a host that alters some responses. */
async function foundByScripts(isMarked: (asked: IncomingMessage) => boolean): Promise<number> {
  const { key, certificate: cert } = vector
  const own = createServer({ key, cert }, (asked, answer) => {
    const { pathname } = new URL(asked.url ?? '', 'https://a.example')
    const body = isMarked(asked) ? 'other' : (BODIES[fileAt(pathname)] ?? '')
    answer.writeHead(200, signedAt(pathname)).end(body)
  })
  server = own
  await new Promise<void>((done) => own.listen(0, 'localhost', done))
  const { port } = own.address() as AddressInfo
  const files = expectedOfSite(manifest).filter((each) =>
    /\/(help|tell|about)\/$/.test(each.address),
  )
  // The clients add a random query and referer to some of the requests.
  const faults = await Promise.all(
    Array.from({ length: 10 }, () => files)
      .flat()
      .map((each) =>
        addressFaults(
          { origin: `https://localhost:${port}`, httpPort: 0 },
          each,
          manifest,
          '/none',
        ),
      ),
  )
  return new Set(faults.flat().map(({ address }) => address)).size
}

const has = (name: string) => (asked: IncomingMessage) => asked.headers[name] !== undefined

test.each([
  ['Sec-Fetch-Mode', has('sec-fetch-mode')],
  ['Upgrade-Insecure-Requests', has('upgrade-insecure-requests')],
  ['no Content-Length', (asked: IncomingMessage) => !has('content-length')(asked)],
  ['a Referer', has('referer')],
  ['a query', ({ url }: IncomingMessage) => url?.includes('?') === true],
  ['Accept-Language', has('accept-language')],
  ['sec-ch-ua', has('sec-ch-ua')],
] as const)('R45: A page that is altered by %s is found by scripts too', async (_, isMarked) => {
  expect(await foundByScripts(isMarked)).toBe(3)
})

test('A host that alters nothing has no fault for scripts', async () => {
  expect(await foundByScripts(() => false)).toBe(0)
})

test('Each scripted client sends the headers of its browser', () => {
  for (const { name, headers } of FETCH_CLIENTS) {
    expect(headers['Upgrade-Insecure-Requests']).toBe('1')
    expect(headers['Sec-Fetch-Mode'] === undefined).toBe(name.startsWith('an old phone'))
    expect(headers['sec-ch-ua'] === undefined).toBe(!name.startsWith('Chrome'))
  }
})
