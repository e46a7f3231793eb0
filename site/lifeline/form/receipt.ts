// Handles the return number: copies it, and groups its digits while a person types. Code in this
// file never stores the number.
import { digitsIn, groupReceipt } from '#protocol/report/receipt'
import { byId } from '../dom/by-id.ts'

/** Copies the number that the page shows. @returns true when the browser copied it */
export function copyReceipt(): boolean {
  const selection = getSelection()
  if (selection) selection.selectAllChildren(byId('receipt'))
  // All browsers have execCommand. The number remains selected, so that a person can copy it by
  // hand.
  return document.execCommand('copy')
}

/**
 * Groups the digits of a long number into fours while a person types. Digits at the end are grouped
 * immediately. After a correction in the middle, the digits are not grouped until the field loses
 * focus.
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
