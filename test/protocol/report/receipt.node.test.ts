import { createHash, hkdfSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { utf8 } from '#protocol/bytes'
import {
  destroyBody,
  groupReceipt,
  makeReceipt,
  readReceipt,
  receiptKeys,
} from '#protocol/report/receipt'
import { SAMPLED, sampleOf } from '#test/sample.ts'

afterEach(() => vi.restoreAllMocks())

const ROUNDS = sampleOf(200_000, 1_000_000)

test(
  `R9: ${ROUNDS} receipts are valid and unique, with all digits equally frequent`,
  SAMPLED,
  () => {
    const seen = new Set<string>()
    const counts = new Uint32Array(26 * 10)
    for (let round = 0; round < ROUNDS; round++) {
      const receipt = makeReceipt()
      if (!('receipt' in readReceipt(receipt))) expect.fail(receipt)
      for (let at = 0; at < 26; at++) {
        const cell = at * 10 + receipt.charCodeAt(at) - 48
        counts[cell] = (counts[cell] ?? 0) + 1
      }
      seen.add(receipt)
    }
    expect(seen.size).toBe(ROUNDS)
    const chiSquare = (each: Uint32Array, expected: number): number =>
      each.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // The test has 234 degrees of freedom over all places, and 9 at each place.
    // A fair source exceeds these bounds at most once in some two million runs.
    expect(chiSquare(counts, ROUNDS / 10)).toBeLessThan(360)
    for (let at = 0; at < 26; at++)
      expect(chiSquare(counts.slice(at * 10, at * 10 + 10), ROUNDS / 10)).toBeLessThan(56)
  },
)

test('R9: A receipt asks getRandomValues and no other source', () => {
  const other = (): never => expect.fail('another source was called')
  vi.spyOn(Math, 'random').mockImplementation(other)
  vi.spyOn(Date, 'now').mockImplementation(other)
  vi.spyOn(performance, 'now').mockImplementation(other)
  let next = 240
  // Bytes 240 to 249 are the digits 0 to 9. Bytes 250 to 255 would favour 0 to 5 and are dropped.
  // Then the bytes start again at 0.
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    const bytes = array as unknown as Uint8Array
    bytes.forEach((_, at) => (bytes[at] = next++))
    return array
  })
  const receipt = makeReceipt()
  expect(receipt.slice(0, 26)).toBe('01234567890123456789012345')
  expect(readReceipt(receipt)).toEqual({ receipt })
})

test('R9: No source file of the site or the worker calls Math.random', () => {
  const root = join(import.meta.dirname, '../../..')
  const sources = ['site', 'worker'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|astro|js)$/.test(name))
      .map((name) => join(root, room, name)),
  )
  expect(sources.length).toBeGreaterThan(200)
  expect(sources.filter((path) => /Math\s*\.\s*random/.test(readFileSync(path, 'utf8')))).toEqual(
    [],
  )
})

test('A receipt reveals every single typo and every swap of neighbouring digits', () => {
  for (let round = 0; round < 20; round++) {
    const receipt = makeReceipt()
    for (let at = 0; at < 28; at++) {
      for (let shift = 1; shift < 10; shift++) {
        const digit = String((Number(receipt[at]) + shift) % 10)
        expect(readReceipt(receipt.slice(0, at) + digit + receipt.slice(at + 1))).toEqual({
          code: 'receipt_slip',
        })
      }
      if (at < 27 && receipt[at] !== receipt[at + 1]) {
        const swapped = receipt.slice(0, at) + receipt[at + 1] + receipt[at] + receipt.slice(at + 2)
        expect(readReceipt(swapped)).toEqual({ code: 'receipt_slip' })
      }
    }
  }
})

test('The check digits follow ISO 7064, MOD 97-10: the whole number is 1 modulo 97', () => {
  for (let round = 0; round < 100; round++) expect(BigInt(makeReceipt()) % 97n).toBe(1n)
})

test('A typed receipt may hold spaces, dashes and dots, but no letters and no other length', () => {
  const receipt = makeReceipt()
  expect(readReceipt(groupReceipt(receipt))).toEqual({ receipt })
  expect(readReceipt(` ${groupReceipt(receipt).replace(/ /g, '\u00a0–\u00a0')}. `)).toEqual({
    receipt,
  })
  for (const typed of ['', receipt.slice(1), receipt + '1', `${receipt.slice(0, 27)}x`])
    expect(readReceipt(typed)).toEqual({ code: 'receipt_length' })
})

test('A receipt is shown in seven groups of four digits', () => {
  expect(groupReceipt('1234567890123456789012345678')).toBe('1234 5678 9012 3456 7890 1234 5678')
})

test('A receipt gives the keys of the HKDF of Node, and destroyBody joins two keys', async () => {
  const receipt = makeReceipt()
  const whole = Buffer.from(hkdfSync('sha256', receipt, 'oasis/v1/receipt', '', 112))
  const keys = await receiptKeys(receipt)
  expect(Buffer.concat([keys.lookup, keys.write, keys.down, keys.up])).toEqual(whole)
  expect(Buffer.from(destroyBody(keys))).toEqual(whole.subarray(0, 48))
  expect(createHash('sha256').update(utf8(receipt)).digest()).not.toEqual(Buffer.from(keys.write))
})
