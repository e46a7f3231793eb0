import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { addressOf, headersFile, headersOf } from '#site/integrations/headers.ts'
import { pageHashes } from '#site/integrations/page-hashes.ts'
import { PAGES } from '#site/pages.ts'

const sha = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const page =
  '<style>p{}</style><p>ө</p><script type="application/json">{"a":1}</script>' +
  '<script type="module">run("ө")</script>'
const rule = (text: string, path: string): string =>
  text.split('\n\n').find((each) => each.startsWith(`${path}\n`)) ?? ''

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

test('A tool that a saved page carries as text is not hashed as a script', () => {
  expect(pageHashes('<script type="text/plain" id="tool-a">run()</script>').scripts).toEqual([])
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
    expect(headersOf(address, page)['Content-Security-Policy']).toMatch(/connect-src 'self'(;|$)/)
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
    expect(headersOf(address, page)['Content-Security-Policy']).not.toContain('worker-src')
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

test('R15: Every page has one rule, every rule one policy, and shared headers appear once', () => {
  const text = headersFile(
    new Map<string, string | null>([
      ['ky/tell/index.html', page],
      ['404.html', page],
      ['staff/index.html', page],
      ['_astro/app.js', null],
      ['robots.txt', null],
    ]),
  )
  expect(rule(text, '/*')).toContain('Referrer-Policy: no-referrer')
  expect(rule(text, '/*')).not.toContain('Content-Security-Policy')
  for (const path of ['/ky/tell/', '/404', '/staff/*', '/_astro/*', '/robots.txt'])
    expect(rule(text, path).match(/Content-Security-Policy/g)).toHaveLength(1)
  expect(text).not.toContain('/_astro/app.js')
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
  for (const path of ['/ky/:page', '/ky/tell/:page']) {
    expect(rule(text, path)).toContain('Cache-Control: no-store')
    expect(rule(text, path)).toContain("default-src 'none'")
  }
  expect(text.match(/:page/g)).toHaveLength(2)
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

test('Only a page that uses tools may run tools and play recordings', () => {
  const text = headersFile(
    new Map([
      ['ky/tell/index.html', page],
      ['ky/help/index.html', page],
      ['tools/ky/attach.js', 'tool()'],
    ]),
  )
  expect(rule(text, '/ky/tell/')).toContain(sha('tool()'))
  expect(rule(text, '/ky/tell/')).toContain('media-src blob:')
  expect(rule(text, '/ky/help/')).not.toMatch(/media-src|trusted-types tool/)
  expect(rule(text, '/ky/help/')).not.toContain(sha('tool()'))
})

test('A page outside the table stops the build, and the error names the page', () => {
  expect(() => headersFile(new Map([['ky/new/index.html', page]]))).toThrow(
    'ky/new/index.html: the page is not in site/pages.ts',
  )
})

test('Pages with the same headers in every language share a rule, and home keeps its own', () => {
  const languages = Array.from({ length: 20 }, (_, n) => `${String.fromCharCode(97 + n)}x`)
  const files = languages.flatMap((lang): [string, string][] => [
    ...Object.keys(PAGES).map((name): [string, string] => [
      [lang, name, 'index.html'].filter(Boolean).join('/'),
      page,
    ]),
  ])
  const text = headersFile(new Map(files))
  expect(rule(text, '/:lang/about/')).toContain('Cache-Control: public, max-age=300')
  expect(rule(text, '/ax/')).toContain('Content-Security-Policy')
  expect(text).not.toContain('/ax/about/')
})
