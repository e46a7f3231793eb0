import { expect, test } from 'vitest'
import { groupAsTyped } from '#site/tell/group.ts'

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
