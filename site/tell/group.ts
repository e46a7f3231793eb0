// A long number is typed in groups of four, and the cursor stays behind the digit where the person left it.

/** Digits in groups of four, and where the cursor belongs when `before` of them stand before it. */
export function groupDigits(typed: string, cursor: number): { text: string; cursor: number } {
  const before = typed.slice(0, cursor).replace(/\D/g, '').length
  const text = typed.replace(/\D/g, '').replace(/\d{4}(?=\d)/g, '$& ')
  return { text, cursor: before + Math.max(0, Math.ceil(before / 4) - 1) }
}

export function groupAsTyped(field: HTMLInputElement): void {
  field.addEventListener('input', () => {
    const { text, cursor } = groupDigits(field.value, field.selectionStart ?? field.value.length)
    if (text === field.value) return
    field.value = text
    field.setSelectionRange(cursor, cursor)
  })
}
