// What both forms share: a text field that is sealed and sent on "Send", and kept through every failure.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import type { SealedReport } from './seal.ts'
import { byId, on, say } from './view.ts'

export const text = byId<HTMLTextAreaElement>('text')
const form = byId<HTMLFormElement>('form')
const status = byId('status')

/** Links that would take the place of the page: in the markup they open beside it. The exit and telephone numbers have no target. */
const links = document.querySelectorAll<HTMLAnchorElement>('[target]')
const openLinks = (target: string): void => {
  for (const link of links) link.target = target
}

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

/**
 * Nothing typed is lost by a tap. From the first letter or digit on, links open beside the page; before, they need not leave a
 * second page behind. While there are words, the browser asks before Back or Reload takes them; the quick exit ends that.
 */
function keepPage(): void {
  if (!text.value) openLinks('')
  addEventListener('input', () => {
    openLinks('_blank')
  })
  onbeforeunload = () => {
    // Calling leaves nothing, though browsers ask as if it did. Once: a Back after the call is asked about again.
    const call = document.querySelector<HTMLElement>('[href^=tel]:focus')
    if (call) call.blur()
    return text.value && !call ? true : undefined
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
