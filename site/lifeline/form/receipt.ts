// Serves the return number: copies the number, and groups its digits during typing.
// No code in this file stores the number.
import { digitsIn, groupReceipt } from '#protocol/report/receipt'
import { byId } from '../dom/by-id.ts'

/** Copies the number that the page shows. @returns whether the browser copied the number */
export function copyReceipt(): boolean {
  const selection = getSelection()
  if (selection) selection.selectAllChildren(byId('receipt'))
  // All browsers have execCommand. The number stays selected, so that a person can copy by hand.
  return document.execCommand('copy')
}

/**
 * Groups the digits of a long number by four while a person types. Digits at the end are grouped at
 * once. A correction in the middle waits until the field blurs.
 */
export function groupDigits(field: HTMLTextAreaElement): void {
  const group = (): void => {
    field.value = groupReceipt(digitsIn(field.value))
  }
  field.addEventListener('change', group)
  field.addEventListener('input', () => {
    if (field.selectionStart === field.value.length) group()
  })
}
