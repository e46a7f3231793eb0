import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { certifyAdmin } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import {
  readSiteManifest,
  signedSiteIn,
  type SignedSite,
} from '#scripts/manifest/read-site-manifest'
import { signBuild } from '#scripts/manifest/sign-build'
import { certifyPublisher, signSite, type PublishingKey } from '#scripts/manifest/signature'
import {
  hashOfFile,
  headersOfFile,
  policyAt,
  siteManifestOf,
  versionAt,
} from '#scripts/manifest/webcat'
import { importSigningKey, makeSigningPair, type KeyPair } from '#scripts/org/keys'
import { makePublishingFile, openPublishingFile } from '#scripts/org/files/publishing-key'
import { pathThatSets, rulesOf } from '#scripts/shared/header-rules'

const NOW = Date.UTC(2026, 10, 26, 14, 52)
const PASSPHRASE = 'snow spruce apricot felt road'
const dist = mkdtempSync(join(tmpdir(), 'oasis-dist-'))
const MODULE = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60])

const FILES: Record<string, string> = {
  _headers: [
    '/*\n  X-A: 1',
    '/\n  Content-Security-Policy: home',
    '/404\n  Content-Security-Policy: missing',
    '/ky/\n  Content-Security-Policy: ky-home',
    '/:lang/about/\n  Content-Security-Policy: about',
    '/staff/*\n  Content-Security-Policy: staff',
    '/_astro/*\n  Content-Security-Policy: none',
    '/.well-known/waict/*\n  Content-Security-Policy: none\n  Content-Type: application/json',
  ].join('\n\n'),
  'index.html': '<p>choose',
  '404.html': '<p>nothing',
  'ky/index.html': '<p>үй',
  'ky/about/index.html': '<p>биз',
  'staff/index.html': '<p>staff',
  '_astro/a.js': `const m="${MODULE.toString('base64')}"`,
}

let rootPair: KeyPair
let key: PublishingKey
let signed: SignedSite

async function publishingKey(root: KeyPair): Promise<PublishingKey> {
  const file = await makePublishingFile(root.privateKey, PASSPHRASE, dayNumber(NOW))
  return openPublishingFile(PASSPHRASE, file)
}

beforeAll(async () => {
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dist, file)), { recursive: true })
    writeFileSync(join(dist, file), text)
  }
  rootPair = await makeSigningPair()
  key = await publishingKey(rootPair)
  await signBuild(dist, key, { app: 'https://oasis.example', nowMs: NOW })
  signed = signedSiteIn(dist)
})
afterAll(() => rmSync(dist, { recursive: true, force: true }))

const read = (changed: Partial<SignedSite> = {}, root = rootPair.publicKey, nowMs = NOW) =>
  readSiteManifest({ ...signed, ...changed }, root, nowMs)

describe('the site manifest', () => {
  test('A signed build names the hash of every file but _headers, and is read again', async () => {
    const { files, app, version, wasm } = await read()
    const names = Object.keys(files).filter((file) => !file.startsWith('/.well-known/waict/'))
    expect(names.sort()).toEqual(
      ['/404.html', '/_astro/a.js', '/index.html', '/ky/about/index.html', '/ky/index.html'].concat(
        '/staff/index.html',
      ),
    )
    expect(files['/ky/index.html']).toBe(hashOfFile(Buffer.from('<p>үй')))
    expect([app, version]).toEqual(['https://oasis.example', '2026.1126.1452'])
    expect(wasm).toEqual([hashOfFile(MODULE)])
  })

  test('The longest beginning of an address decides its policy, as in WEBCAT', async () => {
    const manifest = await read()
    const policies = ['/', '/404', '/ky/', '/ky/about/', '/staff/', '/staff/x', '/_astro/a.js']
    expect(policies.map((address) => policyAt(manifest, address))).toEqual([
      'home',
      'missing',
      'ky-home',
      'about',
      'staff',
      'staff',
      'none',
    ])
    expect(Object.keys(manifest.extra_csp)).not.toContain('/')
  })

  test('R45: The site manifest covers _headers and the type of each kind of file', async () => {
    const manifest = await read()
    expect(manifest.headers).toBe(FILES['_headers'])
    expect(manifest.types).toEqual({
      html: 'text/html; charset=utf-8',
      js: 'text/javascript; charset=utf-8',
    })
    const headersOf = (file: string) =>
      Object.fromEntries(headersOfFile(manifest, rulesOf(manifest.headers), file))
    expect(headersOf('/ky/about/index.html')).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'x-a': '1',
      'content-security-policy': 'about',
    })
    expect(headersOf('/.well-known/waict/x')['content-type']).toBe('application/json')
  })

  test('R45: A header that is changed in the signed text is refused', async () => {
    const text = Buffer.from(signed.manifest).toString().replace('X-A: 1', 'X-A: 2')
    await expect(read({ manifest: utf8(text) })).rejects.toThrow('not the one that the publishing')
  })

  test('A file of an unknown kind, or with a policy that no beginning names, is not signed', () => {
    const sign = (files: string[], headers: string) =>
      siteManifestOf(
        new Map(['index.html', ...files].map((file) => [file, Buffer.from('')])),
        headers,
        { app: '', nowMs: NOW },
      )
    const policy = (path: string, text: string) => `${path}\n  Content-Security-Policy: ${text}`
    expect(() => sign(['a.exe'], policy('/*', 'x'))).toThrow('/a.exe has no type')
    const own = `/a/b.js\n  ! Content-Security-Policy\n  Content-Security-Policy: z`
    const rules = [policy('/', 'x'), policy('/a/*', 'y'), own].join('\n\n')
    expect(() => sign(['a/b.js', 'a/c.json'], rules)).not.toThrow()
    // The longest rule that is a prefix of /a/b.json is the rule for the script.
    expect(() => sign(['a/b.js', 'a/b.json'], rules)).toThrow('another policy for /a/b.json')
  })

  test('The integrity manifest has its own hash in its address and is listed', async () => {
    const { files } = await read()
    const [file = ''] = Object.keys(files).filter((name) => name.startsWith('/.well-known/waict/'))
    const body = readFileSync(join(dist, file))
    expect(file.slice('/.well-known/waict/'.length)).toBe(hashOfFile(body).slice(0, 22))
    expect(files[file]).toBe(hashOfFile(body))
    const [json = '', proof, rest] = body.toString().split('\n')
    expect([proof, rest]).toEqual(['', ''])
    expect(JSON.parse(json)).toMatchObject({
      hashes: { '/ky/about/': hashOfFile(Buffer.from('<p>биз')) },
      wasm_hashes: [hashOfFile(MODULE)],
      fallback_hashes: [hashOfFile(Buffer.from('<p>nothing'))],
    })
  })

  test('A file without a policy cannot be published', async () => {
    writeFileSync(join(dist, 'stray.txt'), 'x')
    await expect(signBuild(dist, key, { app: '', nowMs: NOW })).rejects.toThrow(
      '/stray.txt has no policy',
    )
    rmSync(join(dist, 'stray.txt'))
    await signBuild(dist, key, { app: 'https://oasis.example', nowMs: NOW })
  })

  test('The security.txt of a build stays after signing, and is signed too', async () => {
    const [file, headers] = ['.well-known/security.txt', join(dist, '_headers')]
    writeFileSync(join(dist, file), 'Contact: mailto:security@oasis.example')
    const rule = `/${file}\n  Content-Security-Policy: none\n  Content-Type: text/plain`
    writeFileSync(headers, `${FILES['_headers'] ?? ''}\n\n${rule}`)
    const sign = () => signBuild(dist, key, { app: 'https://oasis.example', nowMs: NOW })
    await sign()
    expect((await sign()).files).toHaveProperty([`/${file}`])
    expect(readFileSync(join(dist, file), 'utf8')).toContain('Contact: ')
    rmSync(join(dist, file))
    writeFileSync(headers, FILES['_headers'] ?? '')
    await sign()
  })

  test('A folder that is not a build is refused', async () => {
    const folder = join(dist, 'ky')
    await expect(signBuild(folder, key, { app: '', nowMs: NOW })).rejects.toThrow('is no build')
    expect(() => signedSiteIn(folder)).toThrow('run npm run manifest')
  })

  test('A later minute gives a later version', () => {
    expect(versionAt(Date.UTC(2027, 0, 2, 3, 4))).toBe('2027.102.304')
  })
})

describe('the signature', () => {
  test('R45: A site manifest with one changed byte is refused', async () => {
    const manifest = signed.manifest.slice()
    manifest[40] = (manifest[40] ?? 0) ^ 1
    await expect(read({ manifest })).rejects.toThrow('not the one that the publishing key signed')
  })

  test('R45: A signature with any changed field is refused', async () => {
    for (let at = 0; at < signed.signature.length; at += 13) {
      const signature = signed.signature.slice()
      signature[at] = (signature[at] ?? 0) ^ 1
      await expect(read({ signature }), `byte ${at}`).rejects.toThrow(/certified|signed/)
    }
    const signature = signed.signature.slice(0, -1)
    await expect(read({ signature })).rejects.toThrow('must have 197 bytes')
  })

  test('R45: A publishing key that another root certified is refused', async () => {
    const stranger = await publishingKey(await makeSigningPair())
    const signature = await signSite(stranger.privateKey, stranger, signed.manifest)
    await expect(read({ signature })).rejects.toThrow('has not certified the key')
  })

  test('R45: A stretched certificate is refused', async () => {
    const stretched = { ...key, lastDay: key.lastDay + 1 }
    const signature = await signSite(key.privateKey, stretched, signed.manifest)
    await expect(read({ signature })).rejects.toThrow('has not certified the key')
  })

  test('R45: A certificate is valid on its last day and is refused a day later', async () => {
    const last = NOW + 365 * DAY_MS
    expect((await read({}, rootPair.publicKey, last)).version).toBe('2026.1126.1452')
    await expect(read({}, rootPair.publicKey, last + DAY_MS)).rejects.toThrow(
      'The certificate of the publishing key ended after 2027-11-26.',
    )
  })

  test("An admin's certificate of the same root certifies no publishing key", async () => {
    const pair = await makeSigningPair()
    const rootKey = await importSigningKey(rootPair.privateKey)
    const privateKey = await importSigningKey(pair.privateKey)
    const asPublisher = await certifyPublisher(rootKey, pair.publicKey, dayNumber(NOW))
    const valid = await signSite(privateKey, asPublisher, signed.manifest)
    expect((await read({ signature: valid })).version).toBe('2026.1126.1452')
    const certificate = await certifyAdmin(rootKey, pair.publicKey, dayNumber(NOW))
    const asAdmin = { ...asPublisher, certificate }
    const signature = await signSite(privateKey, asAdmin, signed.manifest)
    await expect(read({ signature })).rejects.toThrow('has not certified the key')
  })

  test('A signed text that is not a site manifest is refused', async () => {
    const manifest = utf8('{"files":[]}')
    const signature = await signSite(key.privateKey, key, manifest)
    await expect(read({ manifest, signature })).rejects.toThrow('is no site manifest')
  })
})

test('The publishing key opens with its passphrase only', async () => {
  const file = await makePublishingFile(rootPair.privateKey, PASSPHRASE, dayNumber(NOW))
  await expect(openPublishingFile(`${PASSPHRASE}s`, file)).rejects.toThrow('passphrase is wrong')
  await expect(openPublishingFile(PASSPHRASE, '{"what":"else"}')).rejects.toThrow('not a key file')
})

test('The rule of a folder holds for the addresses below it, and the rule of all for none', () => {
  const rules = rulesOf(FILES['_headers'] ?? '')
  const found = ['/staff/x', '/ky/about/', '/ky/', '/x/y'].map((each) =>
    pathThatSets(rules, each, 'Content-Security-Policy'),
  )
  expect(found).toEqual(['/staff/*', '/:lang/about/', '/ky/', undefined])
})
