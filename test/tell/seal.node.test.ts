import { afterEach, expect, test, vi } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
import { readManifest } from '#protocol/manifest'
import { sealSaid, SEALING_MS, withCrypto } from '#site/tell/seal.ts'
import { makeTestOrganisation } from './organisation.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const open = () => ({
  kind: KIND.helpForMe,
  danger: true,
  lookupHash: randomBytes(32),
  writeHash: randomBytes(32),
})

test('R1: what was not said is left out, and what was said is nowhere in the envelope', async () => {
  const org = await makeTestOrganisation()
  const keys = readManifest(await org.manifestOf(6))
  const ring = { trusted: () => Promise.resolve(keys), renew: () => Promise.resolve(keys) }
  const stringify = vi.spyOn(JSON, 'stringify')
  const envelope = await sealSaid(ring, open(), {
    lang: 'ky',
    text: 'канарейка',
    place: '',
    contact: '',
  })
  expect(Object.keys(JSON.parse(String(stringify.mock.results[0]?.value)) as object)).toEqual([
    'v',
    'at',
    'lang',
    'text',
  ])
  expect(readEnvelope(envelope)).toMatchObject({ kind: 2, danger: true, epoch: 6 })
  expect(Buffer.from(envelope).includes('канарейка')).toBe(false)
})

test('R6: no WebCrypto, as in a page without TLS: sealing_failed, and the work is not begun', async () => {
  const work = vi.fn(() => Promise.resolve(1))
  for (const absent of [undefined, {}]) {
    vi.stubGlobal('crypto', absent)
    await expect(withCrypto(work)).rejects.toMatchObject({ code: 'sealing_failed' })
  }
  expect(work).not.toHaveBeenCalled()
})

test('R6: a WebCrypto that throws: sealing_failed, not a doubt about the keys', async () => {
  vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new Error('broken'))
  await expect(withCrypto(() => Promise.resolve(1))).rejects.toMatchObject({
    code: 'sealing_failed',
  })
})

test('R6: a WebCrypto that hangs: sealing_failed in the end', async () => {
  vi.useFakeTimers()
  vi.spyOn(crypto.subtle, 'digest').mockReturnValue(new Promise(() => undefined))
  const sealing = withCrypto(() => Promise.resolve(1)).catch((failure: unknown) => failure)
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  expect(await sealing).toMatchObject({ code: 'sealing_failed' })
})
