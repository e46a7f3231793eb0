import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#protocol/errors'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const failing = (error: Error) => () => Promise.reject(error)

test('withTimeout gives the stored value, or NO_ANSWER when storage fails or hangs', async () => {
  expect(await withTimeout(() => Promise.resolve(null))).toBeNull()
  expect(await withTimeout(failing(new Error('D1_ERROR')))).toBe(NO_ANSWER)
  const hanging = withTimeout(() => new Promise(() => undefined))
  await vi.advanceTimersByTimeAsync(3000)
  expect(await hanging).toBe(NO_ANSWER)
})

test('A refusal and a fault of our own are thrown and never look like slow storage', async () => {
  for (const error of [
    new Refusal('epoch_retired'),
    new TypeError('undefined is not a function'),
    new RangeError('Invalid array length'),
    new ReferenceError('report is not defined'),
  ])
    await expect(withTimeout(failing(error))).rejects.toBe(error)
})
