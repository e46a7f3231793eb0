import { afterEach, expect, test, vi } from 'vitest'
import { randomDigits } from '#protocol/crypto/random-digits'

afterEach(() => void vi.restoreAllMocks())

test('Bytes over 249 are dropped, because they would favour the digits 0 to 5', () => {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((into) => {
    // Guarantee: randomBytes requests bytes.
    const bytes = into as unknown as Uint8Array
    bytes.fill(255)
    bytes.set([250, 7, 19, 249, 253, 100])
    return into
  })
  expect(randomDigits(4)).toBe('7990')
})

test('Each of the ten digits is equally likely', () => {
  const [length, digits] = [40_000, randomDigits(40_000)]
  expect(digits).toMatch(/^\d+$/)
  expect(digits).toHaveLength(length)
  // Six standard deviations: a fair source leaves this range once in 500 million tests.
  const most = 6 * Math.sqrt(length * 0.1 * 0.9)
  for (const digit of '0123456789')
    expect(Math.abs(digits.split(digit).length - 1 - length / 10)).toBeLessThan(most)
})
