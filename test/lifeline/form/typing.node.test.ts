import { expect, test, vi } from 'vitest'
import { groupDigits } from '#site/lifeline/form/receipt.ts'

// These tests have no document, because grouping digits does not need one.
vi.mock('#site/lifeline/dom/page.ts', () => ({}))

/** Imitates a browser's text field: setting the text moves the cursor to the end. */
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
  groupDigits(field as unknown as HTMLTextAreaElement)
  return field
}

test('The field of a number groups the typed digits by four', () => {
  const field = numberField()
  for (const [typed, shown] of [
    ['1234', '1234'],
    ['12345', '1234 5'],
    ['1234 ', '1234'],
    ['1234-5678.9', '1234 5678 9'],
    ['Номер: ١٢٣٤ ۵', '1234 5'],
    ['l2O4', '1204'],
  ] as const) {
    field.happen('input', typed)
    expect(field.value).toBe(shown)
  }
})

test('A correction in the number does not move digits until the person leaves the field', () => {
  const field = numberField()
  field.happen('input', '12394 567', 5)
  expect([field.value, field.selectionStart]).toEqual(['12394 567', 5])
  field.happen('change')
  expect(field.value).toBe('1239 4567')
})
