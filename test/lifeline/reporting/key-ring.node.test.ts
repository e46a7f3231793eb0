import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { readManifest } from '#protocol/keys/manifest'
import { keyRing } from '#site/lifeline/reporting/key-ring.ts'
import type { Pinned } from '#site/lifeline/dom/page.ts'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { proveManifest } from '#site/lifeline/tools/prove-manifest.ts'
import { LONG_AGO, makeTestOrganisation, type TestOrganisation } from '../support/organisation.ts'

let org: TestOrganisation
beforeAll(async () => {
  org = await makeTestOrganisation()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const serve = (bytes: Bytes, status = 200) => {
  const ask = vi.fn<typeof fetch>(() => Promise.resolve(new Response(bytes, { status })))
  vi.stubGlobal('fetch', ask)
  return ask
}
const pageOf = async (epoch: number, lastDay?: number) => {
  const manifest = readManifest(await org.manifestOf(epoch, lastDay))
  return {
    epoch,
    key: toB64(manifest.intake),
    until: manifest.lastDay,
  }
}

const ringOf = (page: Pinned) =>
  keyRing(page, () => Promise.resolve(proveManifest(fromB64(org.rootB64))))

test('A page trusts its own keys without a request', async () => {
  const ask = serve(new Uint8Array(0))
  const { intake } = readManifest(await org.manifestOf(3))
  expect(await ringOf(await pageOf(3)).trusted()).toEqual({ epoch: 3, intake })
  expect(ask).not.toHaveBeenCalled()
})

test('A page with expired keys fetches the current keys', async () => {
  serve(await org.manifestOf(4))
  expect((await ringOf(await pageOf(3, LONG_AGO)).trusted()).epoch).toBe(4)
})

test('A page uses fetched keys from then on', async () => {
  serve(await org.manifestOf(5))
  const ring = ringOf(await pageOf(4))
  await ring.renew()
  expect((await ring.trusted()).epoch).toBe(5)
})

test('R4: A manifest older than the page is refused, and the page keeps its own keys', async () => {
  serve(await org.manifestOf(2))
  const ring = ringOf(await pageOf(3))
  await expect(ring.renew()).rejects.toMatchObject({ code: 'manifest_expired' })
  expect((await ring.trusted()).epoch).toBe(3)
})

test('R4: The manifest of another organisation is refused', async () => {
  serve(await (await makeTestOrganisation()).manifestOf(9))
  await expect(ringOf(await pageOf(3)).renew()).rejects.toMatchObject({
    code: 'manifest_signature',
  })
})

/** A page with built-in keys that have expired according to the device's clock. */
const latePage = () => pageOf(3, LONG_AGO)

test('When only the date of the device refuses today’s keys, sealing failed', async () => {
  serve(await org.manifestOf(3, LONG_AGO))
  const ring = ringOf(await latePage())
  await expect(ring.trusted()).rejects.toMatchObject({ code: 'sealing_failed' })
  await expect(ring.renew()).rejects.toMatchObject({ code: 'sealing_failed' })
})

test('R4: Old, foreign, forged or missing keys stay expired, whatever their date', async () => {
  const forged = await org.manifestOf(3, LONG_AGO)
  forged[300] = (forged[300] ?? 0) ^ 1
  const foreign = await (await makeTestOrganisation()).manifestOf(3, LONG_AGO)
  const ring = ringOf(await latePage())
  for (const manifest of [await org.manifestOf(2, LONG_AGO), foreign, forged, new Uint8Array(9)]) {
    serve(manifest)
    await expect(ring.trusted()).rejects.toMatchObject({ code: 'manifest_expired' })
  }
  serve(new Uint8Array(0), 503)
  await expect(ring.trusted()).rejects.toMatchObject({ code: 'manifest_expired' })
})

/** The offset and length of each manifest field (docs/protocol/manifest.md). */
const FIELDS = {
  epoch: [2, 4],
  dates: [6, 8],
  'intake key': [14, 65],
  'hash of the hybrid key': [79, 32],
  'admin key': [111, 65],
  'last day of the certificate': [176, 4],
  certificate: [180, 64],
  signature: [244, 64],
} as const

test('R4: The page never seals to one of 1,000 manifests with a changed field', async () => {
  const good = await org.manifestOf(9)
  // A page with expired keys must fetch a manifest.
  const page = await pageOf(3, LONG_AGO)
  const json = '{"text":"канарейка"}'
  const header = {
    headerId: randomBytes(16),
    kind: KIND.tip,
    danger: false,
    ownerHash: randomBytes(32),
    writeHash: randomBytes(32),
  }
  const seal = async () => sealEnvelope(await ringOf(page).trusted(), header, json)
  const fields = Object.entries(FIELDS)
  for (let round = 0; round < 1000; round++) {
    const [name, [from, length]] = fields[round % fields.length] ?? ['epoch', FIELDS.epoch]
    const bad = good.slice()
    const [random = 0] = randomBytes(1)
    const at = from + ((round * 31) % length)
    bad[at] = (bad[at] ?? 0) ^ (1 + (random % 255))
    serve(bad)
    const outcome = await seal().then(
      () => 'sealed',
      (refusal: unknown) => refusal,
    )
    expect(outcome, name).toBeInstanceOf(Refusal)
  }
  serve(good)
  expect(readEnvelope(await seal()).epoch).toBe(9)
})

test('An edge without keys is reported as a network failure', async () => {
  serve(new Uint8Array(0), 503)
  await expect(ringOf(await pageOf(3)).renew()).rejects.toMatchObject({ code: 'network' })
})

test('A page keeps its keys when the tool that renews them cannot be loaded', async () => {
  serve(await org.manifestOf(5))
  const ring = keyRing(await pageOf(4), () => Promise.reject(new Refusal('network')))
  await expect(ring.renew()).rejects.toMatchObject({ code: 'network' })
  expect((await ring.trusted()).epoch).toBe(4)
})
