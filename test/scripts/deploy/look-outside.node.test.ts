// Runs the check from outside, over TLS, against a host that responds as a deployment does.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { API_POLICY, NO_STORE, SECURITY_HEADERS } from '#protocol/security-headers'
import { lookOutside } from '#scripts/deploy/look-outside'
import { signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { SIGNATURE_FILE, signBuild, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { headersOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import { openPublishingFile } from '#scripts/org/files/publishing-key'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { rulesOf } from '#scripts/shared/header-rules'
import { FETCH_CLIENTS } from '#scripts/watch/clients'
import { KEY_HEADERS } from '#scripts/watch/expected'
import { openTlsFront, type Forwarded } from '#test/e2e/support/tls-front.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const PAGE = '<!doctype html><p>choose'
const folder = mkdtempSync(join(tmpdir(), 'oasis-look-'))
const build = join(folder, 'build')
const org = join(folder, 'org/public.json')
let organisation: Organisation
let server: Server

/** The headers of all responses, as the `_headers` file of a build lists them. */
const OF_ALL = { ...SECURITY_HEADERS, 'Content-Security-Policy': API_POLICY }

beforeAll(async () => {
  organisation = await makeOrganisation(PASSPHRASE, Date.now())
  writeOrganisation(join(folder, 'org'), organisation)
  mkdirSync(build)
  const lines = Object.entries(OF_ALL).map(([name, value]) => `  ${name}: ${value}`)
  const types = ['', '/.well-known/*', '  Content-Type: application/json']
  writeFileSync(join(build, '_headers'), ['/*', ...lines, ...types, ''].join('\n'))
  writeFileSync(join(build, 'index.html'), PAGE)
  const key = await openPublishingFile(PASSPHRASE, organisation.publishingFile)
  const manifest = await signBuild(build, key, { app: '', nowMs: Date.now() })
  server = await serve(manifest)
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

/** Serves the build as a deployment does: the files, the keys, and the redirect to a language. */
async function serve(manifest: SiteManifest): Promise<Server> {
  const { signature, manifest: signed } = signedSiteIn(build)
  const keys = Object.fromEntries(KEY_HEADERS)
  const bodies = new Map<string, [bytes: Uint8Array | string, headers: Record<string, string>]>([
    ['/api/health', ['{}', {}]],
    ['/api/keys', [organisation.manifest, keys]],
    ['/api/keys/hybrid', [organisation.hybridKey, keys]],
    [`/${SITE_MANIFEST_FILE}`, [signed, headersAt(manifest, `/${SITE_MANIFEST_FILE}`)]],
    [`/${SIGNATURE_FILE}`, [signature, headersAt(manifest, `/${SIGNATURE_FILE}`)]],
    ['/', [PAGE, { ...headersAt(manifest, '/index.html'), 'cache-control': NO_STORE }]],
  ])
  for (const file of Object.keys(manifest.files).filter((name) => name !== '/index.html'))
    bodies.set(file, [readFileSync(join(build, file)), headersAt(manifest, file)])
  const made = createServer(({ url = '', headers }, answer) => {
    const [path = ''] = url.split('?')
    const lang = path === '/' ? languageOf(headers['accept-language']) : null
    const found = bodies.get(path)
    if (lang !== null)
      answer.writeHead(302, { ...OF_ALL, 'cache-control': NO_STORE, location: `/${lang}/` }).end()
    else if (found) answer.writeHead(200, found[1]).end(found[0])
    else answer.writeHead(404, OF_ALL).end()
  })
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done))
  return made
}

const headersAt = (manifest: SiteManifest, path: string): Record<string, string> =>
  Object.fromEntries(headersOfFile(manifest, rulesOf(manifest.headers), path))

/** Returns the language of the client that sends this Accept-Language header. */
const languageOf = (words = ''): string | null =>
  FETCH_CLIENTS.find(({ headers }) => headers['Accept-Language'] === words)?.lang ?? null

/** @param lie  changes the host's response */
async function look(lie?: (response: Forwarded) => void) {
  const { port } = server.address() as AddressInfo
  const front = await openTlsFront(`127.0.0.1:${port}`, lie ? { answer: lie } : {})
  const host = { origin: front.origin, httpPort: front.httpPort }
  try {
    const findCaa = () => Promise.resolve([])
    const looked = await lookOutside([host], { build, org }, { findCaa })
    const own = (line: string): string => line.replaceAll(front.origin, '')
    return { ...looked, faults: looked.faults.map(own), settings: looked.settings.map(own) }
  } finally {
    front.stop()
  }
}

test('A host that answers as signed has no fault, and its broken rules are named', async () => {
  const { faults, settings, newKeys } = await look()
  expect([faults, newKeys]).toEqual([[], []])
  expect(settings).toContainEqual(
    expect.stringContaining('CAA names the authorities that may sign: no record'),
  )
})

test('A changed page is a fault', async () => {
  const { faults } = await look((response) => {
    if (response.path === '/') response.body += '<script>'
  })
  expect(faults).toContainEqual(expect.stringContaining('is not what was published'))
})

test('A lost header is a fault', async () => {
  const { faults } = await look((response) => delete response.headers['x-frame-options'])
  expect(faults).toContainEqual(expect.stringContaining('lacks the header x-frame-options'))
})

test('Keys of another root are a fault', async () => {
  const other = await makeOrganisation(PASSPHRASE, Date.now())
  const { faults } = await look((response) => {
    if (response.path === '/api/keys')
      response.body = Buffer.from(other.manifest).toString('latin1')
  })
  expect(faults).toContainEqual(
    expect.stringContaining('keys that the root key does not vouch for'),
  )
})
