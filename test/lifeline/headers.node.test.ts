import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { pagePolicy } from '#protocol/security-headers'
import { headersFile } from '#site/integrations/headers.ts'
import { addressOf, headersOf } from '#site/integrations/page-headers.ts'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import { pageHashes } from '#site/integrations/page-hashes.ts'
import { countryPages, PAGES } from '#site/pages.ts'

const sha = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const page =
  '<style>p{}</style><p>ө</p><script type="application/json">{"a":1}</script>' +
  '<script type="module">run("ө")</script>'
const rule = (text: string, path: string): string =>
  text.split('\n\n').find((each) => each.startsWith(`${path}\n`)) ?? ''

type Files = Map<string, string | null>

/** Makes the files of a site: every page in each language, tools, and the staff app. */
function siteOf(...languages: string[]): Files {
  const files: Files = new Map()
  for (const lang of languages) {
    for (const name of [...Object.keys(PAGES), ...countryPages])
      files.set(`${lang}/${name && `${name}/`}index.html`, page)
    files.set(`tools/${lang}/attach.js`, `tool of ${lang}`)
  }
  for (const file of ['index.html', '404.html', 'staff/index.html']) files.set(file, page)
  for (const file of ['_astro/app.js', 'staff/alert-worker.js', 'robots.txt']) files.set(file, null)
  return files
}

const policyIn = (files: Files, address: string): string | undefined =>
  headersAt(rulesOf(headersFile(files)), address).get('Content-Security-Policy')

test('The build hashes scripts and styles as UTF-8, and hashes no block of JSON', () => {
  expect(pageHashes(page)).toEqual({
    scripts: [sha('run("ө")')],
    styles: [sha('p{}')],
    hasExternalScript: false,
  })
})

test('A style inside noscript is hashed, because browsers without a script apply it', () => {
  const html = '<head><noscript><style>p{}</style></noscript></head><noscript><p>x</p></noscript>'
  expect(pageHashes(html).styles).toEqual([sha('p{}')])
})

test('Text of a tool and markup that a script puts in are not hashed as scripts', () => {
  const tool = '<script type="text/plain" id="tool-a">run()</script>'
  const markup = '<script type="text/html"><p hidden>words</p></script>'
  expect(pageHashes(tool + markup).scripts).toEqual([])
})

test.each([
  '<p style="color:red">x</p>',
  "<p class='a' onclick='x()'>x</p>",
  '<a\nhref="/" OnFocus = "x()">x</a>',
])('An inline attribute that the policy would block stops the build: %s', (html) => {
  expect(() => pageHashes(html)).toThrow('inline')
})

test('Words that look like attributes in scripts, styles and text do not stop the build', () => {
  expect(() =>
    pageHashes('<script>"<p onclick=x>"</script><style>a{}</style>style="x" onload=1'),
  ).not.toThrow()
})

test('A public page that loads a script file stops the build, and the error names the page', () => {
  const files = new Map([['ky/index.html', '<script src="/_astro/a.js"></script>']])
  expect(() => headersFile(files)).toThrow('ky/index.html')
})

test('addressOf gives the address at which Cloudflare serves a file', () => {
  expect(['index.html', 'ky/tell/index.html', '404.html'].map(addressOf)).toEqual([
    '/',
    '/ky/tell/',
    '/404',
  ])
})

test('Scripts may call their own origin and nothing else', () => {
  for (const address of ['/ky/tell/', '/ru/answer/', '/ky/', '/ky/help/', '/staff/'])
    expect(policyIn(siteOf('ky', 'ru'), address)).toMatch(/connect-src 'self'(;|$)/)
})

test('R18: Pages that reveal a visit are not cached or indexed, and help may be indexed', () => {
  for (const address of [
    '/ky/tell/',
    '/ru/tell/sent/',
    '/ru/tell/saved/',
    '/en/answer/',
    '/en/send/',
    '/staff/',
  ])
    expect(headersOf(address, page)).toMatchObject({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    })
  expect(headersOf('/ky/help/', page)).not.toHaveProperty('X-Robots-Tag')
})

test('Only the page that reads QR codes may ask for the camera', () => {
  const text = headersFile(
    new Map([
      ['ky/send/index.html', page],
      ['ky/tell/index.html', page],
    ]),
  )
  expect(rule(text, '/ky/send/')).toMatch(
    /  ! Permissions-Policy\n  Permissions-Policy: .*camera=\(self\)/,
  )
  expect(rule(text, '/ky/tell/')).not.toContain('camera=(self)')
  expect(rule(text, '/*')).toContain('camera=()')
})

test('The staff app runs its own files and WebAssembly, and nothing else', () => {
  const app = '<script type="module" src="/_astro/app.js"></script>'
  const headers = headersOf('/staff/', app)
  expect(rule(headersFile(new Map([['staff/index.html', app]])), '/staff/*')).not.toBe('')
  expect(headers['Content-Security-Policy']).toContain("script-src 'self' 'wasm-unsafe-eval';")
})

test('R15: The staff page may start its own workers, by one Trusted Types policy each', () => {
  const { 'Content-Security-Policy': policy } = headersOf('/staff/', page)
  expect(policy).toContain("worker-src 'self';")
  expect(policy).toMatch(/trusted-types alerts pdf$/)
  for (const address of ['/ky/', '/ky/tell/', '/ru/answer/'])
    expect(policyIn(siteOf('ky', 'ru'), address)).not.toContain('worker-src')
})

test('R15: One rule covers the staff page and its service worker, so no header doubles', () => {
  const text = headersFile(
    new Map([
      ['staff/index.html', page],
      ['staff/alert-worker.js', null],
    ]),
  )
  expect(rule(text, '/staff/*')).toContain('no-store')
  expect(text).not.toContain('alert-worker')
})

test('R15: Every file has one policy, and shared headers appear once', () => {
  const files = siteOf('en', 'ky', 'ru')
  const rules = rulesOf(headersFile(files))
  expect(rules[0]?.path).toBe('/*')
  expect([...(rules[0]?.sets.keys() ?? [])]).not.toContain('Content-Security-Policy')
  for (const file of files.keys()) {
    const headers = headersAt(rules, addressOf(file))
    expect(headers.get('Content-Security-Policy')?.match(/default-src/g)).toHaveLength(1)
    expect(headers.get('Cache-Control')).not.toContain(', no-store')
    expect(headers.get('Permissions-Policy')?.match(/camera=/g)).toHaveLength(1)
  }
  expect(headersFile(files)).not.toContain('/_astro/app.js')
})

test('R15: A page with tools may run its own script and the tools of its language only', () => {
  const files = siteOf('en', 'ky')
  expect(policyIn(files, '/ky/tell/')).toContain(sha('tool of ky'))
  expect(policyIn(files, '/ky/tell/')).not.toContain(sha('tool of en'))
  expect(policyIn(files, '/ky/about/')).not.toContain(sha('tool of ky'))
  expect(policyIn(files, '/ky/')).not.toContain(sha('tool of ky'))
})

test('Twenty languages fit into the rules that Cloudflare reads', () => {
  const languages = [...Array(20).keys()].map((n) => `a${String.fromCharCode(97 + n)}`)
  const files = siteOf(...languages)
  // Each page's headers differ by language, because its scripts contain the words of that language.
  for (const lang of languages) {
    const tell = `<script>${lang}</script>`
    files.set(`${lang}/tell/index.html`, tell).set(`${lang}/answer/index.html`, tell)
  }
  expect(rulesOf(headersFile(files)).length).toBeLessThan(100)
})

test('All pages of countries share one rule, unless one of them has a policy of its own', () => {
  const files = siteOf('en', 'ky')
  const rules = (): string[] =>
    rulesOf(headersFile(files)).flatMap(({ path }) => (/country\/[^/]+\/$/.test(path) ? path : []))
  expect(rules()).toEqual(['/:lang/country/:code/'])
  files.set('ky/country/ru/index.html', '<style>a{}</style>')
  expect(rules()).toHaveLength(2 * countryPages.length)
  expect(policyIn(files, '/ky/country/ru/')).toContain(sha('a{}'))
})

test("A headers file over Cloudflare's limits stops the build", () => {
  const many = new Map<string, string | null>(
    [...Array(100).keys()].map((n) => [`p${n}/index.html`, page]),
  )
  expect(() => headersFile(many)).toThrow('rules')
  const scripts = [...Array(40).keys()].map((n) => `<script>${n}</script>`).join('')
  expect(() => headersFile(new Map([['index.html', scripts]]))).toThrow('characters')
})

test('R18: The redirect to an address with a slash is not cached and allows nothing', () => {
  const text = headersFile(
    new Map([
      ['ky/index.html', page],
      ['ky/tell/index.html', page],
      ['ky/tell/sent/index.html', page],
    ]),
  )
  for (const path of ['', 'tell/', 'answer/', 'country/'].map(
    (folder) => `/:lang/${folder}:page`,
  )) {
    expect(rule(text, path)).toContain('Cache-Control: no-store')
    expect(rule(text, path)).toContain("default-src 'none'")
  }
  expect(text.match(/:page/g)).toHaveLength(4)
})

test('Only the page that records a voice may use the microphone, by a rule of its own', () => {
  const text = headersFile(
    new Map([
      ['ky/tell/index.html', page],
      ['ky/tell/sent/index.html', page],
      ['ky/answer/index.html', page],
    ]),
  )
  expect(rule(text, '/ky/tell/')).toMatch(
    /! Permissions-Policy\n {2}Permissions-Policy: .*microphone=\(self\)/,
  )
  for (const path of ['/*', '/ky/tell/sent/', '/ky/answer/'])
    expect(rule(text, path)).not.toContain('microphone=(self)')
})

test('Only a page that uses tools may play recordings and make a script of a tool', () => {
  const files = siteOf('en', 'ky')
  expect(policyIn(files, '/ky/tell/')).toContain('media-src blob:')
  expect(policyIn(files, '/ky/tell/')).toContain('trusted-types tool')
  expect(policyIn(files, '/ky/help/')).not.toMatch(/media-src|trusted-types tool/)
})

test('Sheets, sitemaps and recordings share one rule each, whatever their number', () => {
  const files = siteOf('en', 'ky')
  for (const lang of ['en', 'ky'])
    for (const file of [`paper/${lang}/poster.pdf`, `audio/${lang}/a.opus`, `${lang}/sitemap.xml`])
      files.set(file, null)
  const rules = rulesOf(headersFile(files))
  expect(rules.filter(({ path }) => /paper|audio|sitemap/.test(path))).toHaveLength(3)
  for (const address of ['/paper/ky/poster.pdf', '/audio/en/a.opus', '/ky/sitemap.xml']) {
    const headers = headersAt(rules, address)
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'[^,]*$/)
    expect(headers.get('Cache-Control')).toBe('public, max-age=300')
  }
  expect(headersAt(rules, '/audio/ky/a.opus').get('Content-Type')).toBe('audio/ogg')
})

test('A page may play our own recordings only when the site has one', () => {
  const sources = { scripts: [], styles: [] }
  expect(pagePolicy(sources)).not.toContain('media-src')
  expect(pagePolicy({ ...sources, recordings: true })).toContain("; media-src 'self';")
  expect(pagePolicy({ ...sources, tools: [sha('x')], recordings: true })).toContain(
    "; media-src 'self' blob:;",
  )
})

test('A page outside the table stops the build, and the error names the page', () => {
  expect(() => headersFile(new Map([['ky/new/index.html', page]]))).toThrow(
    'ky/new/index.html: the page is not in site/pages.ts',
  )
  expect(() => headersFile(new Map([['ky/country/xx/index.html', page]]))).toThrow(
    'ky/country/xx/index.html: the page is not in site/pages.ts',
  )
})
