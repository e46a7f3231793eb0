import { dayNumber } from '#protocol/time'
import { expect, test } from 'vitest'
import { concat, u32 } from '#protocol/bytes'
import { DAY_MS, GRACE_DAYS } from '#protocol/limits'
import {
  MANIFEST_BYTES,
  certifyAdmin,
  readManifest,
  signManifest,
  trustedManifest,
} from '#protocol/keys/manifest'
import { signBytes } from '#protocol/keys/signatures'
import { hpkePair, organisation, signingPair } from '../support/organisation.ts'

const NOW = Date.UTC(2026, 10, 24)

test('A manifest under the pinned root gives the keys to seal to', async () => {
  const { root, manifest, manifestBytes } = await organisation(NOW)
  expect(manifestBytes).toHaveLength(MANIFEST_BYTES)
  expect(await trustedManifest(manifestBytes, root.publicKey, NOW)).toEqual(manifest)
})

test('R4: A manifest with one flipped bit is never trusted, in 1,000 mutations', async () => {
  const { root, manifestBytes } = await organisation(NOW)
  for (let round = 0; round < 1000; round++) {
    const changed = manifestBytes.slice()
    const at = round % MANIFEST_BYTES
    changed[at] = (changed[at] ?? 0) ^ (1 << ((round + at) % 8))
    const trusted = await trustedManifest(changed, root.publicKey, NOW).catch(() => null)
    if (trusted) expect.fail(`byte ${at} may be changed unnoticed`)
  }
})

test('R4: A manifest of another root, or of an uncertified admin, is refused', async () => {
  const { root, manifest, manifestBytes } = await organisation(NOW)
  const stranger = await signingPair()
  await expect(trustedManifest(manifestBytes, stranger.publicKey, NOW)).rejects.toMatchObject({
    code: 'manifest_signature',
  })
  const own = await certifyAdmin(stranger.privateKey, stranger.publicKey, manifest.adminLastDay)
  const forged = await signManifest(stranger.privateKey, own, {
    ...manifest,
    admin: stranger.publicKey,
  })
  await expect(trustedManifest(forged, root.publicKey, NOW)).rejects.toMatchObject({
    code: 'manifest_signature',
  })
})

test('R4: An admin cannot lengthen the certificate', async () => {
  const { root, admin, manifest, manifestBytes } = await organisation(NOW)
  const certificate = manifestBytes.slice(148, 212)
  const stretched = await signManifest(admin.privateKey, certificate, {
    ...manifest,
    adminLastDay: manifest.adminLastDay + 1,
  })
  await expect(trustedManifest(stretched, root.publicKey, NOW)).rejects.toMatchObject({
    code: 'manifest_signature',
  })
})

test('R4: A manifest with the intake key of a stranger is refused', async () => {
  const { root, manifestBytes } = await organisation(NOW)
  const stranger = await hpkePair()
  const swapped = concat(manifestBytes.slice(0, 14), stranger.publicKey, manifestBytes.slice(79))
  await expect(trustedManifest(swapped, root.publicKey, NOW)).rejects.toMatchObject({
    code: 'manifest_signature',
  })
})

test('R4: A manifest lasts 30 days past its last day, not 31, even on a wrong clock', async () => {
  const today = dayNumber(NOW)
  const { root, manifestBytes } = await organisation(NOW, { lastDay: today })
  const at = (days: number) => trustedManifest(manifestBytes, root.publicKey, NOW + days * DAY_MS)
  await expect(at(GRACE_DAYS)).resolves.toBeDefined()
  await expect(at(-4000)).resolves.toBeDefined()
  await expect(at(GRACE_DAYS + 1)).rejects.toMatchObject({ code: 'manifest_expired' })
})

test('R4: A manifest expires with the certificate of its admin', async () => {
  const { root, manifestBytes } = await organisation(NOW, {
    adminLastDay: dayNumber(NOW) - GRACE_DAYS - 1,
  })
  await expect(trustedManifest(manifestBytes, root.publicKey, NOW)).rejects.toMatchObject({
    code: 'manifest_expired',
  })
})

test('R5: A manifest of another suite or version is not trusted, even when signed', async () => {
  const { root, admin, manifestBytes } = await organisation(NOW)
  const label = new TextEncoder().encode('oasis/v1/manifest')
  const unsigned = manifestBytes.slice(0, 244)
  const trust = async (): Promise<unknown> => {
    const signature = await signBytes(admin.privateKey, concat(label, unsigned))
    return trustedManifest(concat(unsigned, signature), root.publicKey, NOW).then(
      () => 'trusted',
      (refusal: unknown) => (refusal as { code: string }).code,
    )
  }
  expect(await trust()).toBe('trusted')
  for (let other = 0; other < 256; other++) {
    if (other === 1) continue
    unsigned.set([1, other])
    expect([other, await trust()]).toEqual([other, 'manifest_suite'])
    unsigned.set([other, 1])
    expect([other, await trust()]).toEqual([other, 'manifest_malformed'])
  }
})

test('R5: readManifest refuses another length, version or suite', async () => {
  const { manifestBytes } = await organisation(NOW)
  const code = (bytes: Uint8Array<ArrayBuffer>): unknown => {
    try {
      return readManifest(bytes)
    } catch (refusal) {
      return (refusal as { code: string }).code
    }
  }
  expect(code(manifestBytes.slice(1))).toBe('manifest_malformed')
  expect(code(concat(new Uint8Array([2]), manifestBytes.slice(1)))).toBe('manifest_malformed')
  expect(code(concat(new Uint8Array([1, 2]), manifestBytes.slice(2)))).toBe('manifest_suite')
  expect(readManifest(manifestBytes).epoch).toBe(1)
  expect(manifestBytes.slice(2, 6)).toEqual(u32(1))
})
