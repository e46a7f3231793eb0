// Runs `npm run watch` against a signed copy of the built site, served by the worker behind TLS.
// The published site has no fault, and the report lists each planted fault.
import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { readManifest, signManifest } from '#protocol/keys/manifest'
import { SIGNATURE_FILE, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { openKeyFile } from '#scripts/org/files/key-file'
import { importSigningKey } from '#scripts/org/keys'
import { anyPort } from '#scripts/shared/ports'
import type { Served } from '#scripts/local/serve'
import { watchHost, type Published } from '#scripts/watch/watch-host'
import { passphraseOfOrg, readOfOrg, serveSigned, withFew } from '../support/signed-site.ts'
import { openTlsFront, type Forwarded } from '../support/tls-front.ts'

let server: Served
/** everything that was published */
let published: Published
/** a few of the published files */
let few: Published
const PAGES = ['en', 'ky/answer', 'ky/tell', 'ky/signs', 'staff', 'ky/404', 'ru/404', 'en/404']
const FEW = ['/index.html', '/404.html', ...PAGES.map((page) => `/${page}/index.html`)]

test.beforeAll(async () => {
  ;({ server, published } = await serveSigned('watch'))
  few = withFew(published, (file) => FEW.includes(file) || /\/staff\..*js$/.test(file))
})
test.afterAll(() => server.stop())

/** Returns the sentences about a host that changes its responses, using only these few files. */
async function sentencesAbout(
  answer?: (response: Forwarded) => void,
  changed: Partial<Published> = {},
  isOfStaff = false,
): Promise<string[]> {
  const served = isOfStaff ? server.staffOrigin : server.origin
  const front = await openTlsFront(new URL(served).host, answer ? { answer } : {})
  const { origin, httpPort } = front
  try {
    const host = { origin, httpPort, isOfStaff }
    const { sentences } = await watchHost(host, { ...few, ...changed }, Date.now())
    return sentences.map((sentence) => sentence.replaceAll(origin, ''))
  } finally {
    front.stop()
  }
}

/** Changes the response body at one address. */
const body =
  (path: string, from: string, to: string) =>
  (response: Forwarded): void => {
    if (response.path === path) response.body = response.body.replace(from, () => to)
  }
const POLICY = 'content-security-policy'

test('R45: A host that serves what was published has no fault', async () => {
  expect(await sentencesAbout(undefined, published)).toEqual([])
  expect(await sentencesAbout(undefined, published, true)).toEqual([])
  const files = Object.keys(published.manifest.files)
  expect(files.filter((file) => file.endsWith('.html')).length).toBeGreaterThan(60)
  expect(files).toContain('/staff/index.html')
})

test('The integrity manifest is served under its type and kept by caches', async () => {
  const files = Object.keys(published.manifest.files)
  const [file = ''] = files.filter((name) => name.startsWith('/.well-known/waict/'))
  const { status, headers } = await fetch(server.origin + file)
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'application/waict-integrity-manifest',
    'public, max-age=31536000, immutable',
  ])
})

test('R45: The watch names the byte that a host plants in a page', async () => {
  const page = readFileSync(join(published.build, 'ky/tell/index.html'))
  const at = page.indexOf('</body>')
  expect(at).toBeGreaterThan(1000)
  const [sentence, ...others] = await sentencesAbout(body('/ky/tell/', '</body>', '!</body>'))
  expect(others).toEqual([])
  expect(sentence).toContain(`/ky/tell/ is not what was published: from byte ${at} on it is "`)
  expect(sentence).toMatch(/!<\/body>.*" in place of ".*<\/body>.*" \(for every client\)\.$/)
})

test('R45: The watch names a changed script of the staff app', async () => {
  const script = Object.keys(published.manifest.files).find((file) => file.includes('/staff.'))
  const change = (response: Forwarded): void => {
    if (response.path === script) response.body = `fetch("//x");${response.body}`
  }
  const [sentence, ...others] = await sentencesAbout(change, {}, true)
  expect(others).toEqual([])
  expect(sentence).toContain(`${script} is not what was published: from byte 0 on it is "fetch(`)
})

test('R45: The watch names a policy that is looser than the published one', async () => {
  const [sentence, ...others] = await sentencesAbout(({ path, headers }) => {
    if (path === '/ky/answer/')
      headers[POLICY] = String(headers[POLICY]).replace("script-src '", "script-src 'self' '")
  })
  expect(others).toEqual([])
  expect(sentence).toMatch(
    /^\/ky\/answer\/ has another policy than was published: from byte \d+ on it is ".*'self' /,
  )
})

for (const [path, name, value, what] of [
  ['/ky/tell/', 'set-cookie', 'id=7', 'has a header that is on no list, set-cookie: id=…'],
  ['/en/', 'nel', '{"report_to":"x"}', 'has a header that is on no list, nel: {"report_to":"x"}'],
  ['/ky/answer/', 'cache-control', 'public', 'has cache-control: public in place of no-store'],
  ['/ky/signs', 'x-hidden', '1', 'has a header that is on no list, x-hidden: 1'],
  ['/api/keys', 'x-hidden', '1', 'has a header that is on no list, x-hidden: 1'],
  ['/en/nothing', 'content-type', 'text/plain', 'has content-type: text/plain in place of text/'],
  [`/${SIGNATURE_FILE}`, 'x-hidden', '1', 'has a header that is on no list, x-hidden: 1'],
] as const)
  test(`R45: The watch names a header that nobody signed: ${name} at ${path}`, async () => {
    const [sentence, ...others] = await sentencesAbout((response) => {
      if (response.path === path) response.headers[name] = value
    })
    expect(others).toEqual([])
    expect(sentence).toContain(`${path} ${what}`)
    expect(sentence).toMatch(/ \(for every client\)\.$/)
  })

test('R45: The watch names a policy that is gone', async () => {
  const remove = ({ path, headers }: Forwarded): void => {
    if (path === '/staff/') delete headers[POLICY]
  }
  const sentences = await sentencesAbout(remove, {}, true)
  expect(sentences).toEqual(['/staff/ has no policy (for every client).'])
})

for (const [agent, language, name] of [
  ['Firefox/140', '', 'Tor Browser, Tor Browser without compression'],
  ['Android 10', 'ru', 'Chrome on Android in ru without brotli'],
] as const)
  test(`R45: The watch names the client for which alone a page differs: ${name}`, async () => {
    const [sentence, ...others] = await sentencesAbout((response) => {
      const { asked } = response
      const isChosen =
        asked['user-agent']?.includes(agent) && asked['accept-language']?.startsWith(language)
      if (isChosen) body('/en/', '<h1', '<h2')(response)
    })
    expect(others).toEqual([])
    expect(sentence).toMatch(/^\/en\/ is not what was published: from byte \d+ on/)
    expect(sentence).toContain(`(for ${name}).`)
  })

test('R45: Without the build the watch compares with the copy of another client', async () => {
  const forTor = (response: Forwarded): void => {
    if (response.asked['user-agent']?.includes('Firefox')) body('/en/', '<h1', '<h2')(response)
  }
  const none = { build: join(published.build, 'none') }
  expect((await sentencesAbout(forTor, none)).join()).toMatch(/^\/en\/ .* from byte \d+ on .*<h2/)
  expect(await sentencesAbout(body('/en/', '<h1', '<h2'), none)).toEqual([
    '/en/ is not what was published. No client got the published bytes, so no byte can be named ' +
      'without the folder of the build (for every client).',
  ])
})

test('R45: The watch names pages, redirects and statuses that differ', async () => {
  const sentences = await sentencesAbout((response) => {
    const { path, headers } = response
    if (path === '/ky/signs/') response.status = 404
    if (path === '/ky/tell') headers['location'] = 'https://example.org/ky/tell/'
    if (path === '/ru/nothing') response.status = 200
    if (path === '/ky/answer/') headers['refresh'] = '0;url=https://example.org/'
    if (path === '/' && headers['location'] === '/ky/') headers['location'] = '/ru/'
  })
  expect(sentences).toEqual([
    '/ does not lead to /ky/: it answers 302 /ru/ (for Chrome on Android in ky).',
    '/ky/answer/ has a header that is on no list, refresh: 0;url=https://example.org/ ' +
      '(for every client).',
    '/ky/signs/ answers 404 in place of 200 (for every client).',
    '/ky/tell does not lead to /ky/tell/: it answers 307 https://example.org/ky/tell/ ' +
      '(for every client).',
    '/ru/nothing answers 200 in place of 404 (for every client).',
  ])
})

/** Returns a manifest of another epoch that the root has certified. */
async function manifestOfEpoch(epoch: number): Promise<Bytes> {
  const { admin } = await openKeyFile(passphraseOfOrg(), readOfOrg('root.key'))
  const bytes = fromB64(published.organisation.manifest)
  const certificate = bytes.slice(180, 244)
  const fields = { ...readManifest(bytes), epoch }
  return signManifest(await importSigningKey(admin), certificate, fields)
}

const keys = (manifest: Bytes) => (response: Forwarded) => {
  if (response.path === '/api/keys') response.body = Buffer.from(manifest).toString('latin1')
}

test('R45: The watch names keys that are not the last of the organisation', async () => {
  const older = await manifestOfEpoch(1)
  const last = { ...published.organisation, manifest: toB64(await manifestOfEpoch(2)) }
  expect(await sentencesAbout(keys(older), { organisation: last })).toEqual([
    '/api/keys gives a manifest of epoch 1, not the last manifest of the organisation, ' +
      'of epoch 2 (for every client).',
  ])
  const foreign = fromB64(published.organisation.manifest)
  foreign[20] = (foreign[20] ?? 0) ^ 1
  expect(await sentencesAbout(keys(foreign))).toEqual([
    '/api/keys gives keys that the root key does not vouch for, not the last manifest of the ' +
      'organisation, of epoch 1 (for every client).',
  ])
})

test('R45: The watch names another hybrid key', async () => {
  const sentences = await sentencesAbout(body('/api/keys/hybrid', '', 'x'))
  expect(sentences).toEqual([
    '/api/keys/hybrid gives another hybrid key than the one of epoch 1 (for every client).',
  ])
})

test('R45: The watch names a changed site manifest and a missing signature', async () => {
  const sentences = await sentencesAbout((response) => {
    body(`/${SITE_MANIFEST_FILE}`, 'oasis.example', 'other.example')(response)
    if (response.path === `/${SIGNATURE_FILE}`) response.status = 404
  })
  expect(sentences).toHaveLength(2)
  expect(sentences[0]).toMatch(/^\/\.well-known\/webcat\/manifest\.json is not the published one: /)
  expect(sentences[1]).toBe(`/${SIGNATURE_FILE} answers 404 in place of 200 (for every client).`)
})

test('R45: The watch names a page that the other host must not give', async () => {
  const give = (response: Forwarded): void => {
    if (['/staff/', '/ky/tell/'].includes(response.path)) response.status = 200
  }
  expect(await sentencesAbout(give)).toEqual([
    '/staff/ answers 200 in place of 404 (for every client).',
  ])
  expect(await sentencesAbout(give, {}, true)).toEqual([
    '/ky/tell/ answers 200 in place of 404 (for every client).',
  ])
})

test('A host that gives no answer gets one sentence', async () => {
  const port = await anyPort()
  const host = { origin: `https://localhost:${port}`, httpPort: port }
  const { sentences } = await watchHost(host, published, Date.now())
  expect(sentences).toEqual([`${host.origin} gives no answer.`])
})
