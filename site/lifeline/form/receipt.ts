// Serves the return number: copies the number on a press, and groups its digits during typing.
// No code in this file stores the number.
import { digitsIn, groupReceipt } from '#protocol/report/receipt'
import { byId } from '../dom/by-id.ts'
import { on, say } from '../dom/page.ts'

/** Serves the copy button beside the number, also on the page that the worker filled. */
export function watchReceipt(): void {
  const copy = byId('copy')
  on('click', copy, () => {
    const selection = getSelection()
    if (selection) selection.selectAllChildren(byId('receipt'))
    // All browsers have execCommand. The number stays selected, so that a person can copy by hand.
    if (document.execCommand('copy')) copy.textContent = say('copied')
  })
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
