import { expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { MAX_TEXT_BYTES } from '#protocol/limits'
import { groupDigits } from '#site/tell/group.ts'
import { lettersLeft } from '#site/tell/measure.ts'

const typed = (text: string): [string, number] => groupDigits(text, text.length)

test('digits fall into groups of four as they are typed', () => {
  expect(typed('1234')).toEqual(['1234', 4])
  expect(typed('12345')).toEqual(['1234 5', 6])
  expect(typed('1234-5678.9')).toEqual(['1234 5678 9', 11])
})

test('the cursor stays behind its digit when something is typed or taken away before the end', () => {
  expect(groupDigits('1239 4567', 4)).toEqual(['1239 4567', 4])
  expect(groupDigits('12394 567', 5)).toEqual(['1239 4567', 6])
  // a gap that was deleted: the next deletion takes the digit before it
  expect(groupDigits('12345678', 4)).toEqual(['1234 5678', 4])
})

test('an empty field has room for the whole text, in letters', () => {
  expect(lettersLeft('', '[]')).toBeGreaterThan(6000)
})

test('Kyrgyz letters take two bytes, so half as many fit', () => {
  const text = 'ж'.repeat(100)
  const left = lettersLeft(text, JSON.stringify([text]))
  expect(Math.abs(left - (MAX_TEXT_BYTES - 202) / 2)).toBeLessThan(100)
})

test('too long is negative, by about the letters that must go', () => {
  const text = 'ө'.repeat(MAX_TEXT_BYTES / 2 + 50)
  const left = lettersLeft(text, JSON.stringify([text]))
  expect(left).toBeLessThan(-40)
  expect(left).toBeGreaterThan(-60)
})

test('what fits by our count fits into an envelope, line breaks and full short fields included', () => {
  const text = 'a\n'.repeat(4600)
  const beside = '"'.repeat(160)
  const writing = JSON.stringify([text, beside, beside, beside, beside])
  expect(lettersLeft(text, writing)).toBeGreaterThan(0)
  expect(utf8(writing).length).toBeLessThan(16002 - 400)
})
