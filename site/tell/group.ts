// A long number is typed in groups of four.
import { groupReceipt } from '#protocol/receipt'

/** At the end, groups form as digits are typed; a slip mended in the middle moves nothing until the field is left. */
export function groupAsTyped(field: HTMLTextAreaElement): void {
  const group = (): void => {
    field.value = groupReceipt(field.value.replace(/\D/g, ''))
  }
  field.addEventListener('change', group)
  field.addEventListener('input', () => {
    if (field.selectionStart === field.value.length) group()
  })
}
