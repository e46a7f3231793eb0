// Shows errors and the next steps at the top of the page. The person's words remain in the field.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { byId } from './by-id.ts'
import { placeCalls } from './calls.ts'
import { goTo, say, setSealing } from './page.ts'

const box = byId('error')
const ways = byId('ways')
const again = byId('again')
let faultyField: HTMLTextAreaElement | null = null

/** Shows the sentence for a code, the sentence for the code's family, or the general sentence. */
const showSentence = (element: HTMLElement, code: ErrorCode): void => {
  element.textContent = say(code) || say(/^manifest/.test(code) ? 'sealing_failed' : 'network')
}

const errorOf = (field: HTMLTextAreaElement): HTMLElement => byId(field.id + '-error')

export function clearProblem(): void {
  setSealing(true)
  box.hidden = ways.hidden = true
  placeCalls()
  // Enter would press this button even while the button is hidden.
  again.removeAttribute('form')
  if (faultyField) {
    faultyField.removeAttribute('aria-invalid')
    errorOf(faultyField).textContent = ''
    faultyField = null
  }
}

/** Shows a field's error at the top and beside the field, and focuses the field. */
export function showTypo(field: HTMLTextAreaElement, code: ErrorCode): void {
  clearProblem()
  faultyField = field
  field.setAttribute('aria-invalid', 'true')
  showSentence(errorOf(field), code)
  showSentence(box, code)
  box.hidden = false
  field.focus()
}

// As soon as the connection is back, the page retries automatically.
addEventListener('online', () => {
  if (!ways.hidden && again.hasAttribute('form')) again.click()
})

/**
 * Shows a failure and the next steps: a retry, and the calls for a person who has chosen "Yes".
 * When this browser cannot seal, the page becomes a form again and explains the change. That form
 * is sent only when the person presses a button.
 *
 * @param form     the retry button submits this form; without a form there is no retry button
 * @param plainly  offers to send the form without sealing
 */
export function showProblem(failure: unknown, form?: HTMLFormElement, plainly?: boolean): void {
  clearProblem()
  const code = failure instanceof Refusal ? failure.code : 'network'
  showSentence(box, code)
  again.hidden = !form
  if (form) again.setAttribute('form', form.id)
  if (plainly && code === 'sealing_failed') setSealing(false)
  if (document.querySelector('#yes:checked')) placeCalls(ways)
  ways.hidden = false
  goTo(box)
}
