// What both forms share: a text field that is sealed and sent on "Send", and kept through every failure.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import type { SealedReport } from './seal.ts'
import { byId, on, say } from './view.ts'

export const text = byId<HTMLTextAreaElement>('text')
export const form = byId<HTMLFormElement>('form')
const status = byId('status')

/** Throws Refusal `text_empty` when nothing is said. */
export function requireWords(): void {
  if (!hasWords(text.value)) throw new Refusal('text_empty')
}

/** Empties the form, also of words that the worker had put back into it. */
export function emptyForm(): void {
  form.reset()
  text.value = ''
}

/** The button that sends a form as it is, when nothing can be sealed here. */
export const sendPlainly = (plainForm: HTMLFormElement): void => {
  on('click', byId('plainly'), () => {
    onbeforeunload = null
    plainForm.submit()
  })
}

/** While there are words, or a number that is shown once, the browser asks before Back or Reload takes them; the quick exit ends that. */
function keepPage(): void {
  onbeforeunload = () => {
    // Calling leaves nothing, though browsers ask as if it did. Once: a Back after the call is asked about again.
    const call = document.querySelector<HTMLElement>('[href^=tel]:focus')
    if (call) call.blur()
    return (text.value || byId('receipt').textContent) && !call ? true : undefined
  }
}

/**
 * @param send     sends what is written; told what to do at each try after the first
 * @param plainly  the form may be sent as it is when nothing can be sealed here and the person says so
 */
export function watchWriting(
  send: (onRetry: (attempt: number) => void) => Promise<SealedReport>,
  onSent: (sealed: SealedReport) => void,
  plainly: boolean,
): void {
  const submit = async (): Promise<void> => {
    if (text.readOnly) return
    clearProblem()
    text.readOnly = true
    status.textContent = say('sending')
    try {
      const sealed = await send((attempt) => {
        status.textContent = say('retry', attempt)
      })
      onSent(sealed)
      emptyForm()
    } catch (failure) {
      const { code } = failure as Refusal
      if (/^text/.test(code)) showSlip(text, code)
      else showProblem(failure, form, plainly)
    }
    status.textContent = ''
    text.readOnly = false
  }
  keepPage()
  on('submit', form, () => void submit())
}
