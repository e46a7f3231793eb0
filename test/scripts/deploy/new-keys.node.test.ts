// Opens an epoch with new keys in the real staff app and worker, then deploys and watches the
// hosts. The file public.json must follow the ledger, and must never follow a server that lies.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { readManifest, signManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import { deploySite } from '#scripts/deploy/deploy-site'
import { SIGNATURE_FILE, signBuild, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { headersOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import { followKeys, readSignedKeys } from '#scripts/org/files/newest-keys'
import { makePublishingFile, openPublishingFile } from '#scripts/org/files/publishing-key'
import { importSigningKey, makeSigningPair } from '#scripts/org/keys'
import { writeExport } from '#scripts/org/recovery/export'
import { rulesOf } from '#scripts/shared/header-rules'
import { watchHosts } from '#scripts/watch'
import type { Published } from '#scripts/watch/watch-host'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { departureSteps } from '#site/staff/departure/departure.ts'
import { openNextEpoch } from '#site/staff/ledger/change-epochs.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { openTlsFront, type Forwarded } from '#test/e2e/support/tls-front.ts'
import { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'
import {
  inFolder,
  makeClone,
  wranglerInto,
  wranglerOver,
} from '#test/scripts/support/deployable.ts'
import { Office } from '#test/staff/departure/support/office.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
type SignedFiles = Omit<Published, 'organisation'>
let files: SignedFiles
const STORES = { databaseId: '6b1f0f0e-0000-4000-8000-000000000000', bucket: 'oasis-files' }
let account: FakeCloudflare
const cloudflare = () => Promise.resolve(account.ask)
let office: Office
let folder: string
const org = () => join(folder, 'org/public.json')
const epochNow = async () => readManifest(fromB64((await readSignedKeys(org())).manifest)).epoch

beforeAll(async () => {
  files = await signFiles(mkdtempSync(join(tmpdir(), 'oasis-signed-')))
})
afterAll(() => rmSync(files.build, { recursive: true, force: true }))
beforeEach(async () => {
  vi.spyOn(console, 'log').mockReturnValue()
  folder = mkdtempSync(join(tmpdir(), 'oasis-new-keys-'))
  office = await Office.open()
  account = FakeCloudflare.with(STORES)
  makeClone(folder)
  const { rows } = office.edge
  const epoch = rows('SELECT manifest, hybrid_key FROM epochs')[0]
  const [begin] = rows('SELECT change, statement, signature FROM ledger WHERE seq = 1')
  const write = (name: string, file: object) =>
    writeFileSync(join(folder, name), JSON.stringify(file))
  mkdirSync(join(folder, 'org'))
  // The deployment only checks whether the publishing key exists, because these tests do not build
  // the site.
  write('org/publishing.key', {})
  write('org/public.json', {
    root: toB64(office.root),
    manifest: toB64(epoch?.['manifest'] as Bytes),
    hybridKey: toB64(epoch?.['hybrid_key'] as Bytes),
    recovery: toB64(randomBytes(1216)),
    rootForRecovery: toB64(randomBytes(200)),
    begin: { ...begin, signature: toB64(begin?.['signature'] as Bytes) },
    epochs: [],
  })
  write('org/deployment.json', {
    site: 'https://oasis.example',
    staffHost: 'staff.oasis.example',
    ...{ ...STORES, plan: 'paid' },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  office.edge.close()
  rmSync(folder, { recursive: true, force: true })
})

const deploy = async (): Promise<string[]> => {
  const steps: string[] = []
  await deploySite({
    ...inFolder(folder, org()),
    cloudflare,
    wrangler: wranglerInto(account, (query) => office.edge.rows(query), steps),
    build: async () => {
      steps.push(`build for epoch ${await epochNow()}`)
      return String(await epochNow()).padStart(64, '0')
    },
  })
  return steps.map((step) => step.split(':')[0] ?? '')
}
/** @param isFirst  true if the staff host is not live yet; new keys do not change that host */
const deployed = (epoch: number, isFirst = false): string[] => [
  `build for epoch ${epoch}`,
  ...['migrate', 'deploy', ...(isFirst ? ['deploy-staff-host'] : [])],
]

const makeNewKey = (): Promise<void> =>
  office.as(office.readers[0], ({ by }) => openNextEpoch(by.keys, by.roster))

/** Ends a reader's access, including every step that changes keys. */
const endAccess = (): Promise<void> => {
  const [keeper, , leaver] = office.readers
  return office.as(keeper, async ({ by: { keys, roster } }) => {
    await sendRemoval(keys, roster, leaver.by.keys.personId)
    const { nextRoster } = office
    const nextKeys = () => office.nextKeys(keeper)
    for (const step of departureSteps({ keys, nextRoster, nextKeys }))
      await step.run(() => undefined)
  })
}

/** Signs a one-page build; the watch requests only the signed files. */
async function signFiles(build: string): Promise<SignedFiles> {
  const rule = (path: string) => `${path}\n  Content-Security-Policy: none`
  const waict = `${rule('/.well-known/*')}\n  Content-Type: application/json`
  writeFileSync(join(build, '_headers'), [rule('/'), waict].join('\n\n'))
  writeFileSync(join(build, 'index.html'), '<p>choose')
  const { privateKey } = await makeSigningPair()
  const file = await makePublishingFile(privateKey, PASSPHRASE, dayNumber(Date.now()))
  const key = await openPublishingFile(PASSPHRASE, file)
  const manifest = await signBuild(build, key, { app: '', nowMs: Date.now() })
  return { manifest: { ...manifest, files: {} }, signed: signedSiteIn(build), build }
}

/** Serves the signed files, and the keys as the real worker does. */
async function serveEdge({ manifest, signed }: SignedFiles): Promise<Server> {
  const bodies = new Map([
    [`/${SITE_MANIFEST_FILE}`, signed.manifest],
    [`/${SIGNATURE_FILE}`, signed.signature],
  ])
  const server = createServer((asked, answer) => {
    const path = asked.url ?? ''
    const file = bodies.get(path)
    if (file !== undefined) {
      answer.writeHead(200, headersAt(manifest, path)).end(file)
      return
    }
    void office.edge.ask(path).then(async (response) => {
      answer.writeHead(response.status, Object.fromEntries(response.headers))
      answer.end(Buffer.from(await response.arrayBuffer()))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}

const headersAt = (manifest: SiteManifest, path: string): Record<string, string> =>
  Object.fromEntries(headersOfFile(manifest, rulesOf(manifest.headers), path))

/** @param lie  changes the responses of the host */
async function watch(lie?: (response: Forwarded) => void) {
  const published = { ...files, organisation: await readSignedKeys(org()) }
  const server = await serveEdge(files)
  const { port } = server.address() as AddressInfo
  const front = await openTlsFront(`127.0.0.1:${port}`, lie ? { answer: lie } : {})
  try {
    const hosts = [{ origin: front.origin, httpPort: front.httpPort }]
    const { faults, newKeys } = await watchHosts({ hosts, keys: org() }, published, Date.now())
    return { faults: faults.map((fault) => fault.replaceAll(front.origin, '')), newKeys }
  } finally {
    front.stop()
    server.close()
  }
}
const GREEN = { faults: [], newKeys: [] }

const exportLedger = () => {
  const wrangler = wranglerOver((query) => office.edge.rows(query), [])
  return writeExport(join(folder, 'org'), { wrangler, place: ['--remote'] }, Date.now())
}

describe('after a new key for letters', () => {
  test('Deploying and watching go on after a new key and after a reader has left', async () => {
    expect([await deploy(), await watch()]).toEqual([deployed(1, true), GREEN])
    await makeNewKey()
    expect([await deploy(), await watch()]).toEqual([deployed(2), GREEN])
    await endAccess()
    expect([await deploy(), await watch()]).toEqual([deployed(3), GREEN])
    expect(await epochNow()).toBe(3)
  })

  test('The watch takes a newer key under the root, says so once, and keeps it', async () => {
    await makeNewKey()
    const { faults, newKeys } = await watch()
    expect(faults).toEqual([])
    expect(newKeys).toEqual([expect.stringMatching(/holds the keys of epoch 2 now, .*Ask the org/)])
    expect([await watch(), await deploy()]).toEqual([GREEN, deployed(2, true)])
  })

  test('An export brings public.json up to the newest key, and says so', async () => {
    expect((await exportLedger()).newKeys).toBeNull()
    await makeNewKey()
    const { mode } = statSync(org())
    expect((await exportLedger()).newKeys).toContain('epoch 2 now')
    expect([await epochNow(), statSync(org()).mode & 0o77]).toEqual([2, 0])
    expect(mode & 0o400).toBe(0o400)
    expect((await exportLedger()).newKeys).toBeNull()
  })

  test('Keys that have ended stop a deployment only if the ledger has no newer ones', async () => {
    const known = JSON.parse(readFileSync(org(), 'utf8')) as PublicFile
    const bytes = fromB64(known.manifest)
    const ended = { ...readManifest(bytes), lastDay: dayNumber(Date.now()) - 100 }
    const { sign } = office.readers[0].by.keys
    const manifest = toB64(await signManifest(sign, bytes.slice(180, 244), ended))
    writeFileSync(org(), JSON.stringify({ ...known, manifest }))
    await makeNewKey()
    expect(await deploy()).toEqual(deployed(2, true))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 420 * DAY_MS })
    await expect(deploy()).rejects.toThrow(
      /^The keys of epoch 2 ended on \d{4}-\d\d-\d\d: a keeper/,
    )
    expect((await watch()).faults.join()).toContain('of epoch 2, which has ended')
  })
})

describe('a server that lies', () => {
  /** Signs the newest manifest again. By default the keeper signs, without a ledger row. */
  async function otherKeys(epoch: number, sign = office.readers[0].by.keys.sign) {
    const known = await readSignedKeys(org())
    const bytes = fromB64(known.manifest)
    const hybridKey = randomBytes(1216)
    const fields = { ...readManifest(bytes), epoch, hybridHash: await sha256(hybridKey) }
    return { manifest: await signManifest(sign, bytes.slice(180, 244), fields), hybridKey }
  }
  /** Responds to each query with changed rows. */
  const deployOver = (change: (query: string, rows: object[]) => object[]) =>
    deploySite({
      ...inFolder(folder, org()),
      cloudflare,
      wrangler: () => wranglerOver((query) => change(query, office.edge.rows(query)), []),
      build: () => Promise.reject(new Error('built')),
    })
  const hex = (bytes: Bytes) => Buffer.from(bytes).toString('hex').toUpperCase()
  const giving =
    (manifest: Bytes, hybridKey?: Bytes, isFor = (_agent: string) => true) =>
    (response: Forwarded): void => {
      if (!isFor(String(response.asked['user-agent']))) return
      const latin1 = (bytes: Bytes) => Buffer.from(bytes).toString('latin1')
      if (response.path === '/api/keys') response.body = latin1(manifest)
      if (response.path === '/api/keys/hybrid' && hybridKey) response.body = latin1(hybridKey)
    }

  test('Keys that the ledger does not name are refused, even if a keeper signed', async () => {
    const { manifest, hybridKey } = await otherKeys(2)
    const row = { epoch: 2, manifest: hex(manifest), hybrid_key: hex(hybridKey), sealed: '00' }
    const before = readFileSync(org(), 'utf8')
    await expect(
      deployOver((query, rows) => (query.includes('FROM epochs') ? [...rows, row] : rows)),
    ).rejects.toThrow(/^The database holds keys for epoch 2 that its ledger does not name/)
    expect(readFileSync(org(), 'utf8')).toBe(before)
  })

  test('A host with new keys at every call is a fault, and public.json stays', async () => {
    const before = readFileSync(org(), 'utf8')
    const drawn = await Promise.all(Array.from({ length: 40 }, (_, at) => otherKeys(at + 2)))
    let call = 0
    const { faults, newKeys } = await watch((response) => {
      const next = drawn[call++ % drawn.length]
      if (next) giving(next.manifest, next.hybridKey)(response)
    })
    expect(faults.join()).toContain('not the last manifest of the organisation')
    expect([newKeys, readFileSync(org(), 'utf8')]).toEqual([[], before])
  })

  test('A ledger that hides the newest key is refused once the key was published', async () => {
    const older = office.edge.copy().tables
    await makeNewKey()
    await deploy()
    const rowsThen = older.get('ledger')?.length ?? 0
    const hide = (query: string, rows: object[]) => {
      if (query.includes('FROM epochs')) return rows.slice(0, 1)
      return query.includes('FROM ledger') ? rows.slice(0, rowsThen) : rows
    }
    await expect(deployOver(hide)).rejects.toThrow(
      /^The database is in epoch 1, and epoch 2 was published before/,
    )
    expect(await epochNow()).toBe(2)
  })

  test('A changed row of the ledger, and another hybrid key, are refused', async () => {
    await makeNewKey()
    const change = (query: string, rows: object[]) =>
      query.includes('FROM ledger') ? rows.filter((_, at) => at !== 2) : rows
    await expect(deployOver(change)).rejects.toThrow(
      /^The ledger of the database does not hold\. Row/,
    )
    const swap = (query: string, rows: object[]) =>
      query.includes('FROM epochs')
        ? rows.map((row) => ({ ...row, hybrid_key: hex(randomBytes(1216)) }))
        : rows
    await expect(deployOver(swap)).rejects.toThrow(/does not vouch for the keys that came/)
    expect(await epochNow()).toBe(1)
  })

  test('The watch refuses keys of another root, and keys for some visitors alone', async () => {
    const { privateKey } = await makeSigningPair()
    const foreign = await otherKeys(2, await importSigningKey(privateKey))
    expect((await watch(giving(foreign.manifest, foreign.hybridKey))).faults.join()).toContain(
      '/api/keys gives keys that the root key does not vouch for',
    )
    const newer = await otherKeys(2)
    const forTor = (agent: string) => agent.includes('Firefox')
    const some = await watch(giving(newer.manifest, newer.hybridKey, forTor))
    expect(some.faults.join()).toContain('/api/keys gives a manifest of epoch 1, not the last')
    expect((await watch(giving(newer.manifest))).faults.join()).toContain(
      'gives another hybrid key',
    )
    expect(await epochNow()).toBe(1)
  })

  test('The watch refuses an older key once it has seen a newer one', async () => {
    const older = fromB64((await readSignedKeys(org())).manifest)
    await makeNewKey()
    await watch()
    expect((await watch(giving(older))).faults.join()).toContain('gives a manifest of epoch 1, not')
    expect(await epochNow()).toBe(2)
  })

  test('Other keys of the same epoch count only after a keeper has signed a restore', async () => {
    const { manifest, hybridKey } = await otherKeys(1)
    const keys = { manifest: toB64(manifest), hybridKey: toB64(hybridKey) }
    await expect(followKeys(org(), keys)).rejects.toThrow(/holds other keys for epoch 1 than/)
    expect(await followKeys(org(), { ...keys, isAfterRestore: true })).toContain('epoch 1 now')
  })
})
