// What went wrong and what to do, at the top of the page. The words of the person stay where they are.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { byId, goTo, say, sealsHere } from './view.ts'

const box = byId('error')
const ways = byId('ways')
const again = byId('again')
let slipped: HTMLTextAreaElement | null = null

/** Says our sentence for a code, for its family, or the general one. */
const tell = (element: HTMLElement, code: ErrorCode): void => {
  element.textContent = say(code) || say(/^manifest/.test(code) ? 'sealing_failed' : 'network')
}

const errorOf = (field: HTMLTextAreaElement): HTMLElement => byId(field.id + '-error')

export function clearProblem(): void {
  sealsHere(true)
  box.hidden = ways.hidden = true
  // Hidden it would still be the button that Enter presses.
  again.removeAttribute('form')
  if (slipped) {
    slipped.removeAttribute('aria-invalid')
    errorOf(slipped).textContent = ''
    slipped = null
  }
}

/** A slip in one field: said at the top and beside the field, which gets the focus. */
export function showSlip(field: HTMLTextAreaElement, code: ErrorCode): void {
  clearProblem()
  slipped = field
  field.setAttribute('aria-invalid', 'true')
  tell(errorOf(field), code)
  tell(box, code)
  box.hidden = false
  field.focus()
}

/**
 * Something failed. Shows the ways out: the numbers, to try again (the button submits `form`; without one there is no such
 * button) and, when nothing can be sealed here, the form as it is: what then happens to the words is said again, and only the
 * person's press sends it.
 */
export function showProblem(failure: unknown, form?: HTMLFormElement, plainly?: boolean): void {
  clearProblem()
  const code = failure instanceof Refusal ? failure.code : 'network'
  tell(box, code)
  again.hidden = !form
  if (form) again.setAttribute('form', form.id)
  if (plainly && code === 'sealing_failed') sealsHere(false)
  ways.hidden = false
  goTo(box)
}
