// A long number is typed in groups of four, and the cursor stays behind the digit where the person left it.
import { groupReceipt } from '#protocol/receipt'

/** Digits in groups of four, and where the cursor belongs that stood at `cursor` in `typed`. */
export function groupDigits(typed: string, cursor: number): [text: string, cursor: number] {
  const digits = (text: string): string => text.replace(/\D/g, '')
  return [groupReceipt(digits(typed)), groupReceipt(digits(typed.slice(0, cursor))).length]
}

export function groupAsTyped(field: HTMLTextAreaElement): void {
  field.addEventListener('input', () => {
    const [text, cursor] = groupDigits(field.value, field.selectionStart || 0)
    if (text === field.value) return
    field.value = text
    field.setSelectionRange(cursor, cursor)
  })
}
