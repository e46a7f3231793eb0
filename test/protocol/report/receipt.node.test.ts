import { createHash, hkdfSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { utf8 } from '#protocol/bytes'
import {
  destroyBody,
  digitsIn,
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
    // The test has 234 degrees of freedom over all positions, and 9 at each position. A fair source
    // exceeds these bounds at most once in about two million runs.
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
  // Bytes 240 to 249 map to the digits 0 to 9. Bytes 250 to 255 would favour 0 to 5 and are
  // dropped. Then the bytes start again at 0.
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

test('A typed receipt may hold any signs between its digits, but no other count of digits', () => {
  const receipt = makeReceipt()
  const grouped = groupReceipt(receipt)
  for (const typed of [
    grouped,
    ` ${grouped.replace(/ /g, '\u00a0–\u00a0')}. `,
    `Номер: ${grouped}`,
    `No. ${grouped}, окуй аласызбы?`,
    `"${grouped.replace(/ /g, '\u200b/\n')}" 🙏`,
  ])
    expect(readReceipt(typed), typed).toEqual({ receipt })
  for (const typed of ['', receipt.slice(1), receipt + '1', `${receipt.slice(0, 27)}x`])
    expect(readReceipt(typed)).toEqual({ code: 'receipt_length' })
})

/** Converts ASCII digits to the digits of the script with this zero. */
const inScript = (digits: string, zero: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(zero.charCodeAt(0) + Number(digit)))

/** Matches the digits that a receipt may have. The Arabic row also contains the Persian digits. */
const READ_DIGITS = new RegExp(
  ['0-9', '\u0600-\u06ff', '०-९', '০-৯', '๐-๙', '၀-၉', '០-៩', '０-９']
    .map((row) => `^(?=\\p{Nd})[${row}]$`)
    .join('|'),
  'u',
)

test('A receipt keeps digits of ASCII and eight scripts, O, l, I and |, and no other sign', () => {
  let digits = 0
  for (let code = 0; code < 0x10000; code++) {
    const sign = String.fromCharCode(code)
    // Unicode lists the ten digits of a script in sequence, so the position of a digit is its
    // value.
    let value = 0
    while (/\p{Nd}/u.test(String.fromCharCode(code - value - 1))) value++
    const asDigit = READ_DIGITS.test(sign) ? String(value % 10) : ''
    digits += asDigit ? 1 : 0
    const asLetter = /[OoОо]/.test(sign) ? '0' : /[lLiI|]/.test(sign) ? '1' : ''
    if (digitsIn(sign) !== asDigit + asLetter) expect.fail(`U+${code.toString(16)}`)
  }
  expect(digits).toBe(90)
})

test('A receipt typed in any mixture of scripts, with O and l, reads as the same digits', () => {
  const letters: Readonly<Record<string, string>> = { 0: 'OoОо', 1: 'lI|i' }
  for (const zero of '٠۰०০๐၀០０') {
    const receipt = makeReceipt()
    const typed = groupReceipt(inScript(receipt, zero))
    expect(readReceipt(typed), typed).toEqual({ receipt })
  }
  for (let round = 0; round < 500; round++) {
    const receipt = makeReceipt()
    const typed = [...receipt]
      .map((digit, at) => {
        const like = letters[digit]
        if (like && (round + at) % 3 === 0) return like.charAt((round + at) % like.length)
        return inScript(digit, '0٠۰०০๐၀០０'.charAt((round * 7 + at) % 9))
      })
      .join('')
    expect(readReceipt(typed), typed).toEqual({ receipt })
  }
})

test('A word with another letter than O, l and I gives no digits', () => {
  expect(digitsIn('Номер')).toBe('')
  expect(digitsIn('No 12 кол 3Ol4 Oil|')).toBe('1230140111')
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
