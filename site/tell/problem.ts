// What went wrong and what to do, at the top of the page. The words of the person stay where they are.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { byId, goTo, page, say } from './view.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

const box = byId('error')
const ways = byId('ways')
let slipped: Field | null = null

/** Says our sentence for a code, for its family, or the general one. */
const tell = (element: HTMLElement, code: ErrorCode): void => {
  element.textContent = say(code in page.say ? code : /^manifest/.test(code) ? 'manifest' : 'unavailable')
}

const errorOf = (field: Field): HTMLElement => byId(field.id + '-error')

export function clearProblem(): void {
  box.hidden = ways.hidden = true
  if (slipped) {
    slipped.removeAttribute('aria-invalid')
    errorOf(slipped).textContent = ''
    slipped = null
  }
}

/** A slip in one field: said at the top and beside the field, which gets the focus. */
export function showSlip(field: Field, code: ErrorCode): void {
  clearProblem()
  slipped = field
  field.setAttribute('aria-invalid', 'true')
  tell(errorOf(field), code)
  tell(box, code)
  box.hidden = false
  field.focus()
}

/**
 * Something failed. Shows the ways out: the numbers, to try again (the button submits `form`) and, when nothing can be sealed
 * here, the form as it is: `plainly` is its button, and only the person's press sends it.
 */
export function showProblem(failure: unknown, form: HTMLFormElement, plainly: boolean): void {
  clearProblem()
  const code = failure instanceof Refusal ? failure.code : 'unavailable'
  tell(box, code)
  byId('again').setAttribute('form', form.id)
  byId('plainly').hidden = !plainly || !/^(crypto|sealing)_/.test(code)
  ways.hidden = false
  goTo(box)
}
