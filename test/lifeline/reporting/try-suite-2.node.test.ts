import { afterEach, expect, test, vi } from 'vitest'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { KIND } from '#protocol/report/envelope'
import { trySuite2, type SealBySuite2 } from '#site/lifeline/reporting/try-suite-2.ts'

const hasMethod = 'encapsulateBits' in crypto.subtle
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const keys = { epoch: 3, intake: randomBytes(65) }
const header = {
  headerId: randomBytes(16),
  kind: KIND.tip,
  danger: false,
  ownerHash: randomBytes(32),
  writeHash: randomBytes(32),
}
const seal = (fetchSealer: () => Promise<SealBySuite2>) =>
  trySuite2(fetchSealer, keys, header, '{}')
const envelope: Bytes = randomBytes(4096)

test('The page gives keys, header and words to the tool, and takes its envelope', async () => {
  const tool = vi.fn<SealBySuite2>(() => Promise.resolve(envelope))
  expect(hasMethod).toBe(true)
  expect(await seal(() => Promise.resolve(tool))).toBe(envelope)
  expect(tool).toHaveBeenCalledWith(keys, header, '{}')
})

test('A browser without encapsulateBits fetches no tool', async () => {
  vi.stubGlobal('crypto', { subtle: {} })
  const fetchSealer = vi.fn<() => Promise<SealBySuite2>>()
  expect(await seal(fetchSealer)).toBe(false)
  expect(fetchSealer).not.toHaveBeenCalled()
})

test('Suite 1 must seal when the tool does not arrive or gives nothing', async () => {
  expect(await seal(() => Promise.reject(new Refusal('network')))).toBeNull()
  expect(await seal(() => Promise.resolve(() => Promise.resolve(null)))).toBeNull()
})

test('Suite 1 must seal when the tool hangs', async () => {
  vi.useFakeTimers()
  const sealing = seal(() => new Promise(() => undefined))
  await vi.advanceTimersByTimeAsync(4000)
  expect(await sealing).toBeFalsy()
})
