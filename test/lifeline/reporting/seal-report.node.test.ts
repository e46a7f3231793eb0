import { afterEach, expect, test, vi } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/report/envelope'
import { readManifest } from '#protocol/keys/manifest'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { jsonOf, SEALING_MS, withCrypto } from '#site/lifeline/reporting/seal-report.ts'
import { makeTestOrganisation } from '../support/organisation.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const header = () => ({
  headerId: randomBytes(16),
  kind: KIND.helpForMe,
  danger: true,
  ownerHash: randomBytes(32),
  writeHash: randomBytes(32),
})

test('R1: Empty fields are not sealed, and no word is readable in the envelope', async () => {
  const org = await makeTestOrganisation()
  const keys = readManifest(await org.manifestOf(6))
  const json = jsonOf({ lang: 'ky', text: 'канарейка', place: '', contact: '' })
  expect(Object.keys(JSON.parse(json) as object)).toEqual(['v', 'at', 'lang', 'text'])
  const envelope = await sealEnvelope(keys, header(), json)
  expect(readEnvelope(envelope)).toMatchObject({ kind: 2, danger: true, epoch: 6 })
  expect(Buffer.from(envelope).includes('канарейка')).toBe(false)
})

test('R6: Sealing without WebCrypto throws sealing_failed before any work', async () => {
  const work = vi.fn(() => Promise.resolve(1))
  for (const absent of [undefined, {}]) {
    vi.stubGlobal('crypto', absent)
    await expect(withCrypto(work)).rejects.toMatchObject({ code: 'sealing_failed' })
  }
  expect(work).not.toHaveBeenCalled()
})

test('R6: A WebCrypto that throws gives sealing_failed, not an error about the keys', async () => {
  vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new Error('broken'))
  await expect(withCrypto(() => Promise.resolve(1))).rejects.toMatchObject({
    code: 'sealing_failed',
  })
})

test('R6: A WebCrypto that hangs gives sealing_failed at a time limit', async () => {
  vi.useFakeTimers()
  vi.spyOn(crypto.subtle, 'digest').mockReturnValue(new Promise(() => undefined))
  const sealing = withCrypto(() => Promise.resolve(1)).catch((failure: unknown) => failure)
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  expect(await sealing).toMatchObject({ code: 'sealing_failed' })
})
