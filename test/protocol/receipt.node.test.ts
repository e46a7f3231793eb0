import { createHash, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { destroyBody, groupReceipt, makeReceipt, readReceipt, receiptKeys } from '#protocol/receipt'

test('receipts are 28 digits that pass their own check, and none repeats', () => {
  const seen = new Set<string>()
  const counts = Array<number>(10).fill(0)
  const ROUNDS = 20_000
  for (let round = 0; round < ROUNDS; round++) {
    const receipt = makeReceipt()
    if (!('receipt' in readReceipt(receipt))) expect.fail(receipt)
    for (const digit of receipt.slice(0, 26)) counts[Number(digit)]!++
    seen.add(receipt)
  }
  expect(seen.size).toBe(ROUNDS)
  const expected = (ROUNDS * 26) / 10
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 9 degrees of freedom: above 45 once in a million runs
  expect(chiSquare).toBeLessThan(45)
})

test('every single slip and every swap of neighbours is found', () => {
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

test('check digits follow ISO 7064, MOD 97-10: the whole number is 1 modulo 97', () => {
  for (let round = 0; round < 100; round++) expect(BigInt(makeReceipt()) % 97n).toBe(1n)
})

test('typing with spaces, dashes, dots and no-break spaces is read; other lengths and letters are told', () => {
  const receipt = makeReceipt()
  expect(readReceipt(groupReceipt(receipt))).toEqual({ receipt })
  expect(readReceipt(` ${groupReceipt(receipt).replace(/ /g, '\u00a0–\u00a0')}. `)).toEqual({
    receipt,
  })
  for (const typed of ['', receipt.slice(1), receipt + '1', `${receipt.slice(0, 27)}x`])
    expect(readReceipt(typed)).toEqual({ code: 'receipt_length' })
})

test('it is shown in seven groups of four', () => {
  expect(groupReceipt('1234567890123456789012345678')).toBe('1234 5678 9012 3456 7890 1234 5678')
})

test('the keys are those of another HKDF, cut in order', async () => {
  const receipt = makeReceipt()
  const whole = Buffer.from(hkdfSync('sha256', receipt, 'oasis/v1/receipt', '', 112))
  const keys = await receiptKeys(receipt)
  expect(Buffer.concat([keys.lookup, keys.write, keys.down, keys.up])).toEqual(whole)
  expect(Buffer.from(destroyBody(keys))).toEqual(whole.subarray(0, 48))
  expect(createHash('sha256').update(utf8(receipt)).digest()).not.toEqual(Buffer.from(keys.write))
})
