// Handles the text field of `tell`: "Send" seals and sends the words. The words remain in the field
// after a failure.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { clearProblem, showProblem, showTypo } from '../dom/errors.ts'
import type { SealedReport } from '../reporting/seal-report.ts'
import { byId } from '../dom/by-id.ts'
import { liftGuard } from '../dom/guard-unload.ts'
import { on, say } from '../dom/page.ts'
import { isSending, setSending, text } from '../dom/page-state.ts'

export const form = byId<HTMLFormElement>('form')
const status = byId('status')

/** Requires words in the field. @throws Refusal `text_empty` when the field is empty */
export function requireWords(): void {
  if (!hasWords(text.value)) throw new Refusal('text_empty')
}

/** Empties the form, including words that the worker wrote into it. */
export function emptyForm(): void {
  form.reset()
  text.value = ''
}

/** Checks whether the form contains words or an answer. */
export const isBegun = (): unknown => text.value || form.querySelector('.dot:checked')

/** Handles the button that sends the form without sealing. */
export const sendPlainly = (): void => {
  on('click', byId('plainly'), () => {
    liftGuard()
    form.submit()
  })
}

/**
 * Sends the words when "Send" is pressed, and shows the progress or the error. When this browser
 * cannot seal, the page offers the form without sealing.
 *
 * @param send  seals and sends the words; calls its argument before each attempt after the first
 */
export function watchText(
  send: (onRetry: (attempt: number) => void) => Promise<SealedReport>,
  onSent: (sealed: SealedReport) => void,
): void {
  const submit = async (): Promise<void> => {
    if (isSending()) return
    clearProblem()
    setSending(true)
    status.textContent = say('sending')
    try {
      const sealed = await send((attempt) => {
        status.textContent = say('retry', attempt)
      })
      onSent(sealed)
      emptyForm()
    } catch (failure) {
      const { code } = failure as Refusal
      if (/^text/.test(code)) showTypo(text, code)
      else showProblem(failure, form, true)
    }
    status.textContent = ''
    setSending(false)
  }
  on('submit', form, () => void submit())
}
