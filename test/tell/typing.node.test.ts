import { expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { MAX_TEXT_BYTES } from '#protocol/limits'
import { groupAsTyped } from '#site/tell/group.ts'
import { lettersLeft } from '#site/tell/measure.ts'

/** A field as a browser has it: the cursor goes to the end when the text is set. */
class FakeField {
  selectionStart = 0
  private text = ''
  private readonly listeners: Record<string, () => void> = {}
  get value(): string {
    return this.text
  }
  set value(text: string) {
    this.text = text
    this.selectionStart = text.length
  }
  addEventListener(type: string, listener: () => void): void {
    this.listeners[type] = listener
  }
  happen(type: string, text = this.text, cursor = text.length): void {
    this.text = text
    this.selectionStart = cursor
    this.listeners[type]?.()
  }
}

const numberField = (): FakeField => {
  const field = new FakeField()
  groupAsTyped(field as unknown as HTMLTextAreaElement)
  return field
}

test('digits fall into groups of four as they are typed', () => {
  const field = numberField()
  for (const [typed, shown] of [
    ['1234', '1234'],
    ['12345', '1234 5'],
    ['1234 ', '1234'],
    ['1234-5678.9', '1234 5678 9'],
  ] as const) {
    field.happen('input', typed)
    expect(field.value).toBe(shown)
  }
})

test('a slip mended before the end moves nothing until the field is left', () => {
  const field = numberField()
  field.happen('input', '12394 567', 5)
  expect([field.value, field.selectionStart]).toEqual(['12394 567', 5])
  field.happen('change')
  expect(field.value).toBe('1239 4567')
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
