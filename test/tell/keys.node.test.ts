import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
import { readManifest } from '#protocol/manifest'
import { keyRing } from '#site/tell/keys.ts'
import { sealSaid } from '#site/tell/seal.ts'
import { LONG_AGO, makeTestOrganisation, type TestOrganisation } from './organisation.ts'

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
    root: org.rootB64,
    epoch,
    keys: toB64(concat(manifest.intake, manifest.recovery)),
    until: manifest.lastDay,
  }
}

test('the keys inside the page are trusted without asking anybody', async () => {
  const ask = serve(new Uint8Array(0))
  const { intake, recovery } = readManifest(await org.manifestOf(3))
  expect(await keyRing(await pageOf(3)).trusted()).toEqual({ epoch: 3, intake, recovery })
  expect(ask).not.toHaveBeenCalled()
})

test('a page without keys, or with expired ones, fetches that of today', async () => {
  serve(await org.manifestOf(4))
  const bare = { ...(await pageOf(3)), keys: '' }
  expect((await keyRing(bare).trusted()).epoch).toBe(4)
  expect((await keyRing(await pageOf(3, LONG_AGO)).trusted()).epoch).toBe(4)
})

test('fetched keys are used from then on', async () => {
  serve(await org.manifestOf(5))
  const ring = keyRing(await pageOf(4))
  await ring.renew()
  expect((await ring.trusted()).epoch).toBe(5)
})

test('R4: a manifest older than the page is refused, and the page keeps its own', async () => {
  serve(await org.manifestOf(2))
  const ring = keyRing(await pageOf(3))
  await expect(ring.renew()).rejects.toMatchObject({ code: 'manifest_expired' })
  expect((await ring.trusted()).epoch).toBe(3)
})

test("R4: another organisation's manifest is refused", async () => {
  serve(await (await makeTestOrganisation()).manifestOf(9))
  await expect(keyRing(await pageOf(3)).renew()).rejects.toMatchObject({
    code: 'manifest_signature',
  })
})

/** Where the fields of a manifest lie (docs/architecture.md, "Manifest"), and how long they are. */
const FIELDS = {
  epoch: [2, 4],
  dates: [6, 8],
  'intake key': [14, 65],
  'recovery key': [79, 65],
  'admin key': [144, 65],
  'last day of the certificate': [209, 4],
  certificate: [213, 64],
  signature: [277, 64],
} as const

test('R4: 1,000 mutations of keys, signatures, epoch and dates: the page never seals to one', async () => {
  const good = await org.manifestOf(9)
  // A page whose own keys are too old must ask; one that has none as well.
  const pages = [await pageOf(3, LONG_AGO), { ...(await pageOf(3)), keys: '' }]
  const said = { lang: 'ky', text: 'канарейка' }
  const open = {
    ...{ kind: KIND.tip, danger: false },
    ...{ lookupHash: randomBytes(32), writeHash: randomBytes(32) },
  }
  const fields = Object.entries(FIELDS)
  for (let round = 0; round < 1000; round++) {
    const [name, [from, length]] = fields[round % fields.length] ?? ['epoch', FIELDS.epoch]
    const bad = good.slice()
    const [random = 0] = randomBytes(1)
    const at = from + ((round * 31) % length)
    bad[at] = (bad[at] ?? 0) ^ (1 + (random % 255))
    serve(bad)
    for (const page of pages) {
      const outcome = await sealSaid(keyRing(page), open, said).then(
        () => 'sealed',
        (refusal: unknown) => (refusal as Error).name,
      )
      expect([name, outcome]).toEqual([name, 'Refusal'])
    }
  }
  serve(good)
  for (const page of pages)
    expect(readEnvelope(await sealSaid(keyRing(page), open, said)).epoch).toBe(9)
})

test('an edge that has no keys to give is a network that failed', async () => {
  serve(new Uint8Array(0), 503)
  await expect(keyRing(await pageOf(3)).renew()).rejects.toMatchObject({ code: 'network' })
})
