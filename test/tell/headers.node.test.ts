import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { addressOf, headersFile, headersOf, pageHashes } from '#site/build/headers.ts'

const sha = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const page =
  '<style>p{}</style><p>ө</p><script type="application/json">{"a":1}</script><script type="module">run("ө")</script>'
const rule = (text: string, path: string): string =>
  text.split('\n\n').find((each) => each.startsWith(`${path}\n`)) ?? ''

test('what runs is hashed as UTF-8, a block of JSON is not', () => {
  expect(pageHashes(page)).toEqual({
    scripts: [sha('run("ө")')],
    styles: [sha('p{}')],
    external: false,
  })
})

test('a tool that a saved page carries is no script of that page', () => {
  expect(pageHashes('<script type="text/plain" id="tool-a">run()</script>').scripts).toEqual([])
})

test.each([
  '<p style="color:red">x</p>',
  "<p class='a' onclick='x()'>x</p>",
  '<a\nhref="/" OnFocus = "x()">x</a>',
])('an inline attribute that the policy would drop stops the build: %s', (html) => {
  expect(() => pageHashes(html)).toThrow('inline')
})

test('words that look like attributes inside scripts, styles and text do not', () => {
  expect(() =>
    pageHashes('<script>"<p onclick=x>"</script><style>a{}</style>style="x" onload=1'),
  ).not.toThrow()
})

test('a public page with a script of its own stops the build and says which', () => {
  const files = new Map([['ky/index.html', '<script src="/_astro/a.js"></script>']])
  expect(() => headersFile(files)).toThrow('ky/index.html')
})

test('files are served at the addresses of Cloudflare', () => {
  expect(['index.html', 'ky/tell/index.html', '404.html'].map(addressOf)).toEqual([
    '/',
    '/ky/tell/',
    '/404',
  ])
})

test('scripts may call their own origin and nothing else', () => {
  for (const address of ['/ky/tell/', '/ru/answer/', '/ky/', '/ky/help/', '/staff/'])
    expect(headersOf(address, page)[1]['Content-Security-Policy']).toMatch(
      /connect-src 'self'(;|$)/,
    )
})

test('R18: pages that tell of a visit are kept and indexed nowhere', () => {
  for (const address of [
    '/ky/tell/',
    '/ru/tell/sent/',
    '/ru/tell/saved/',
    '/en/answer/',
    '/en/send/',
    '/staff/',
  ])
    expect(headersOf(address, page)[1]).toMatchObject({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    })
  expect(headersOf('/ky/help/', page)[1]).not.toHaveProperty('X-Robots-Tag')
})

test('only the page that reads codes may ask for the camera', () => {
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

test('the staff page runs its own files and wasm, and nothing else', () => {
  const [path, headers] = headersOf(
    '/staff/',
    '<script type="module" src="/_astro/app.js"></script>',
  )
  expect(path).toBe('/staff/*')
  expect(headers['Content-Security-Policy']).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(headers['Content-Security-Policy']).toContain("trusted-types 'none'")
})

test('R15: every page has one rule, every rule one policy, and what all share stands once', () => {
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

test("the file stays within Cloudflare's limits, or the build stops", () => {
  const many = new Map<string, string | null>(
    [...Array(100).keys()].map((n) => [`p${n}/index.html`, page]),
  )
  expect(() => headersFile(many)).toThrow('rules')
  const scripts = [...Array(40).keys()].map((n) => `<script>${n}</script>`).join('')
  expect(() => headersFile(new Map([['index.html', scripts]]))).toThrow('characters')
})

test('R18: the answer that sends on to a page with a slash tells of no visit to a cache either', () => {
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

test('the microphone is allowed on the page where a voice is recorded, in the place of what all share', () => {
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

test('only a page that makes a policy for tools may run them, and hear what was recorded', () => {
  const files = (html: string) =>
    headersFile(
      new Map([
        ['ky/tell/index.html', html],
        ['tools/ky/attach.js', 'tool()'],
      ]),
    )
  const withTools = rule(files(page + "<script>createPolicy('tool')</script>"), '/ky/tell/')
  expect(withTools).toContain(sha('tool()'))
  expect(withTools).toContain('media-src blob:')
  expect(rule(files(page), '/ky/tell/')).not.toMatch(/media-src|trusted-types tool/)
  expect(rule(files(page), '/ky/tell/')).not.toContain(sha('tool()'))
})
