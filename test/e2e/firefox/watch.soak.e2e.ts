// Watches a signed copy of the built site with the browsers on this machine. A host alters a page
// only for browsers, and recognises browsers by a property of their requests. The watch must report
// the page each time.
import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Served } from '#scripts/local/serve'
import { openReaders } from '#scripts/watch/readers/open-readers'
import { watchHost, type Published } from '#scripts/watch/watch-host'
import { serveSigned, withFew } from '../support/signed-site.ts'
import { openTlsFront, type Forwarded } from '../support/tls-front.ts'

const PATH = '/ky/help/'
const FEW = ['/index.html', '/404.html', '/ky/help/index.html', '/ky/tell/index.html']

let server: Served
let published: Published
let few: Published

test.beforeAll(async () => {
  ;({ server, published } = await serveSigned('watch-readers'))
  few = withFew(published, (file) => FEW.includes(file) || file.startsWith('/staff/'))
})
test.afterAll(() => server.stop())

/** Returns the sentences that the watch writes about a host, and the names of the browsers used. */
async function sentencesAbout(
  answer: (response: Forwarded) => void,
  {
    isOfStaff = false,
    all = few,
    withBrowsers = true,
  }: { isOfStaff?: boolean; all?: Published; withBrowsers?: boolean } = {},
): Promise<{ sentences: string[]; names: string[] }> {
  const served = isOfStaff ? server.staffOrigin : server.origin
  const { origin, httpPort, ca, stop } = await openTlsFront(new URL(served).host, { answer })
  const { readers, failures, close } = await openReaders(ca)
  try {
    const host = { origin, httpPort, isOfStaff }
    const { sentences } = await watchHost(host, all, Date.now(), withBrowsers ? readers : [])
    return {
      sentences: [...failures, ...sentences.map((each) => each.replaceAll(origin, ''))],
      names: readers.map(({ name }) => name),
    }
  } finally {
    await close()
    stop()
  }
}

/** The scripted clients claim to run on other operating systems. */
const isBrowser = ({ asked }: Forwarded): boolean =>
  asked['user-agent']?.includes('X11; Linux') === true

/** Serves the page with a different heading, even to a browser that revalidates its cached copy. */
function alter(response: Forwarded): void {
  if (response.path !== PATH) return
  const page = readFileSync(join(published.build, 'ky/help/index.html'), 'latin1')
  response.status = 200
  response.headers['content-type'] = 'text/html; charset=utf-8'
  response.body = page.replace('<h1', '<h2')
}

test('R45: Browsers see everything as published, by all lifeline pages', async () => {
  test.setTimeout(600_000)
  const all = withFew(published, (file) => file.endsWith('html') && !/^\/(ru|en)\//.test(file))
  const { sentences, names } = await sentencesAbout(() => undefined, { all })
  expect(sentences).toEqual([])
  expect(names).toEqual([
    expect.stringMatching(/^Chromium \d+$/),
    expect.stringMatching(/^Firefox \d+$/),
  ])
})

test('R45: Browsers see the whole staff app as published', async () => {
  test.setTimeout(600_000)
  const { sentences } = await sentencesAbout(() => undefined, { all: published, isOfStaff: true })
  expect(sentences).toEqual([])
})

const has =
  (name: string) =>
  ({ asked }: Forwarded): boolean =>
    asked[name] !== undefined
const counts = new Map<string, number>()
/**
 * Counts each browser's requests for the page, and returns true for every request except that
 * browser's first.
 */
function isSecond({ path, asked }: Forwarded): boolean {
  if (path !== PATH) return false
  const agent = asked['user-agent'] ?? ''
  counts.set(agent, (counts.get(agent) ?? 0) + 1)
  return (counts.get(agent) ?? 0) > 1
}

type Seen = (names: readonly string[]) => RegExp
const byBoth: Seen = ([chromium = '', firefox = '']) =>
  new RegExp(`\\(for ${chromium}, ${firefox}\\)`)
/** Matches a sentence in which both browsers report the page and mention this way of opening it. */
const byBothIn =
  (way: string): Seen =>
  ([chromium = '', firefox = '']) =>
    new RegExp(`${chromium}[^.]* ${way}.*${firefox}[^.]* ${way}`)

const MARKS: [what: string, isMarked: (response: Forwarded) => boolean, seen: Seen][] = [
  ['Sec-Fetch-Mode', has('sec-fetch-mode'), byBoth],
  ['Upgrade-Insecure-Requests', has('upgrade-insecure-requests'), byBoth],
  ['no Content-Length', (response) => !has('content-length')(response), byBoth],
  ['a Referer', has('referer'), byBothIn('from another site')],
  ['a query', ({ query }) => query !== '', byBothIn('with a query')],
  ['If-None-Match', has('if-none-match'), byBothIn('on a second visit')],
  ['Accept-Language', has('accept-language'), byBoth],
  ['sec-ch-ua', has('sec-ch-ua'), ([chromium = '']) => new RegExp(`\\(for ${chromium}\\)`)],
  [
    'the name of Firefox',
    ({ asked }) => asked['user-agent']?.includes('Firefox') === true,
    ([, firefox = '']) => new RegExp(`\\(for ${firefox}\\)`),
  ],
  [
    'the name of Chrome',
    ({ asked }) => asked['user-agent']?.includes('Chrome') === true,
    ([chromium = '']) => new RegExp(`\\(for ${chromium}\\)`),
  ],
  [
    'a link on our own page',
    ({ asked }) => asked['sec-fetch-site'] === 'same-origin',
    byBothIn('from the first page'),
  ],
  [
    'a second visit',
    isSecond,
    ([chromium = '', firefox = '']) => new RegExp(`${chromium}.*${firefox}`),
  ],
]

for (const [what, isMarked, seen] of MARKS)
  test(`R53: A page that is altered for browsers alone, by ${what}, is named`, async () => {
    counts.clear()
    const { sentences, names } = await sentencesAbout((response) => {
      if (isBrowser(response) && isMarked(response)) alter(response)
    })
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toMatch(/^\/ky\/help\/ is not what was published: from byte \d+ on .*<h2/)
    expect(sentences[0]).toMatch(seen(names))
  })

test('R53: A page that is altered in one hour is named by the run of that hour', async () => {
  let hour = 2
  const atThree = (response: Forwarded): void => {
    if (isBrowser(response) && hour === 3) alter(response)
  }
  expect((await sentencesAbout(atThree)).sentences).toEqual([])
  hour = 3
  expect((await sentencesAbout(atThree)).sentences).toHaveLength(1)
})

test('Scripts alone do not see a page that is altered for browsers', async () => {
  const { sentences } = await sentencesAbout(
    (response) => {
      if (isBrowser(response)) alter(response)
    },
    { withBrowsers: false },
  )
  expect(sentences).toEqual([])
})

for (const [name, value] of [
  ['set-cookie', 'id=7'],
  ['reporting-endpoints', 'x="https://example.org/"'],
  ['speculation-rules', '"/rules.json"'],
] as const)
  test(`R53: The header ${name} for browsers alone is named`, async () => {
    const { sentences, names } = await sentencesAbout((response) => {
      if (isBrowser(response) && response.path === '/ky/tell/') response.headers[name] = value
    })
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(`/ky/tell/ has a header that is on no list, ${name}: `)
    expect(sentences[0]).toContain(`(for ${names.join(', ')}).`)
  })

test('R53: A script of the staff app that is altered for browsers alone is named', async () => {
  const script = Object.keys(published.manifest.files).find((file) => /log-page\..*js$/.test(file))
  const all = withFew(published, (file) => /^\/(staff|_astro)\/|404/.test(file))
  const { sentences } = await sentencesAbout(
    (response) => {
      if (isBrowser(response) && response.path === script) response.body = `0;${response.body}`
    },
    { all, isOfStaff: true },
  )
  expect(sentences).toHaveLength(1)
  expect(sentences[0]).toContain(`${script} is not what was published: from byte 0 on it is "0;`)
})
